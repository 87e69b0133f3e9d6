#!/usr/bin/python3
"""make.py PROGRAM — README's picture: two pages of an example as the program draws them."""
import os
import subprocess
import sys
import tempfile

from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
REPORT = os.path.join(HERE, '..', '..', 'examples', 'linzi-2021', 'report.yaml')
PAGES, WIDTH, MARGIN = (1, 5), 760, 12

with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.argv[1], 'render', REPORT, '--dpi', '200', '-o', folder + '/page.png'],
                   check=True, capture_output=True)
    pages = [Image.open('%s/page-%d.png' % (folder, number)).convert('L') for number in PAGES]
height = WIDTH * pages[0].size[1] // pages[0].size[0]
sheet = Image.new('L', (len(pages) * (WIDTH + MARGIN) + MARGIN, height + 2 * MARGIN), 200)
for place, page in enumerate(pages):
    sheet.paste(page.resize((WIDTH, height), Image.LANCZOS),
                (MARGIN + place * (WIDTH + MARGIN), MARGIN))
sheet.quantize(16).save(os.path.join(HERE, 'pages.png'), optimize=True)
