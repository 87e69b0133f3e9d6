"""A plot of growth as SVG, by hand: a few points need no library. Axes from 0, straight to the last
point, so that what grows faster than its input bends upward."""
WIDTH, HEIGHT = 720, 320
LEFT, TOP, WIDE, HIGH = 52, 40, 270, 220
COLOURS = {'render': '#1f5fa8', 'check': '#b3541e'}


def rounded_up(value):
    step = 10.0 ** (len(str(int(value * 1000))) - 4)
    return step * int(value / step + 0.999999)


def curve(points, most_x, most_y, colour):
    at = [(WIDE * x / most_x, HIGH - HIGH * y / most_y) for x, y in points]
    line = ' '.join('%.1f,%.1f' % point for point in at)
    dots = ''.join('<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>' % (*point, colour)
                   for point in at)
    last = at[-1]
    return '<line x1="0" y1="%d" x2="%.1f" y2="%.1f" stroke="#bbb" stroke-dasharray="4 4"/>' \
        '<polyline points="%s" fill="none" stroke="%s" stroke-width="1.6"/>%s' % (
            HIGH, *last, line, colour, dots)


def axes(title, most_x, most_y):
    ticks = ''.join('<text x="%.1f" y="%d" text-anchor="middle">%d</text>' % (
        WIDE * part / 4, HIGH + 18, most_x * part / 4) for part in range(5))
    ticks += ''.join('<text x="-6" y="%.1f" text-anchor="end">%.3g</text>' % (
        HIGH - HIGH * part / 4 + 4, most_y * part / 4) for part in range(5))
    return '<text x="0" y="-14" font-size="14">%s</text><path d="M0 0V%dH%d" fill="none" ' \
        'stroke="#444"/>%s' % (title, HIGH, WIDE, ticks)


def panel(at, title, found):
    most_x = max(one['size'] for one in found)
    most_y = rounded_up(max(one['least_cpu'] for one in found))
    curves = [('render', 'least_cpu'), ('check', 'check_cpu')]
    drawn = ''.join(curve([(one['size'], one[key]) for one in found], most_x, most_y,
                          COLOURS[name]) for name, key in curves)
    return '<g transform="translate(%d %d)">%s%s</g>' % (
        at, TOP, axes(title, most_x, most_y), drawn)


def svg(growth):
    legend = ''.join('<text x="%d" y="%d" fill="%s">%s</text>' % (
        LEFT + 90 * at, HEIGHT - 14, colour, name) for at, (name, colour) in
        enumerate(COLOURS.items()))
    return '<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" ' \
        'font-family="sans-serif" font-size="11"><rect width="100%%" height="100%%" fill="#fff"/>' \
        '%s%s%s</svg>\n' % (
            WIDTH, HEIGHT, WIDTH, HEIGHT,
            panel(LEFT, 'CPU 秒 / 段数', growth['paragraphs']),
            panel(LEFT + WIDE + 78, 'CPU 秒 / 表的行数', growth['rows']), legend)
