"""Texts of a made-up report: sentences by chance, each figure in them the table's own.

Knows words and a report's figures; refuses to know YAML. No two reports have the same texts:
places, people's subjects, counts and the choice and order of sentences vary.
"""
import os

HERE = os.path.dirname(os.path.abspath(__file__))
# Signs that would turn a made-up name into a count, a claim or a part of an agency's name.
AVOIDED = set('零〇一二三四五六七八九十百千万亿兆两几多余约近半全均都各总共计无未不非件条次份项个起名人户家期年月日第'
              '省市县区镇乡街道局厅部委办室本我该其他含等和及与或至到比占率')
SUBJECTS = ('教育', '医疗卫生', '社会保障', '生态环境', '安全生产', '食品药品', '住房保障', '公共交通', '就业创业',
            '农业农村', '养老服务', '财政预决算', '招标投标', '国土空间规划', '城市更新', '水务', '文化旅游', '消防救援')
OPENINGS = ('{year}年，{name}认真贯彻《中华人民共和国政府信息公开条例》，围绕{subject}和{subject2}，把公开贯穿决策、执行、管理、服务、结果的全过程。',
            '{year}年，{name}坚持以公开促落实、以公开促规范、以公开促服务，政府信息公开工作稳步推进。',
            '{year}年，{name}紧扣中心工作，聚焦{subject}，持续提升政府信息公开的质量和实效。')
ACTIVE = ('通过政府网站发布{subject}、{subject2}信息{count}条，更新{place}专栏{few}个。',
          '及时公开{subject}领域的政策文件及解读，为{place}等地群众办事提供了方便。',
          '在{place}、{place2}设立信息查阅点，方便群众就近查询{subject}信息。')
MANAGEMENT = ('严格落实公开属性源头认定和发布审查制度，对{place}片区的历史文件进行了清理。',
              '完善{subject}信息的动态管理机制，做到标准统一、更新及时。',
              '健全规范性文件的管理，统一登记、统一编号、统一印发，{place}专题已归档。')
PLATFORM = ('优化网站栏目，新增“{place}”专栏，政务新媒体全年保持正常更新。',
            '加强政务新媒体和网站联动，在{place}推广移动端办事。',
            '推进平台集约化建设，{subject}栏目已迁移到统一平台。')
GUARANTEE = ('把政府信息公开纳入考核，组织培训{few}次，对{place}开展了检查。',
             '邀请代表和群众评议{subject}公开工作，结果已向社会公布。',
             '调整领导小组成员，明确{place}等单位的联络员，定期检查通报。')
PROBLEMS = ('{subject}领域政策解读的形式比较单一', '{place}等地的公开专区利用不够', '个别单位答复的说理还不够充分',
            '{subject}和{subject2}信息的更新不够及时', '基层工作人员业务水平有待提高')
REMEDIES = ('丰富图解、短视频等解读形式，让群众看得懂{subject}政策', '在{place}开展业务培训，提高答复质量',
            '定期抽查{subject}栏目，发现问题及时整改', '依托{place}政务大厅，改进公开专区的服务')
HEADS = ('政务公开工作创新情况', '年度工作要点落实情况', '建议提案公开情况', '公共企事业单位信息公开情况', '政策解读和回应关切情况')
WORKS = ('推进基层政务公开标准化，{place}试点完成了{subject}领域的目录编制。',
         '开展“政府开放日”活动，邀请群众走进{place}，了解{subject}工作。',
         '在{place2}与{place}之间建立了{subject}信息共享机制。',
         '梳理{subject}、{subject2}事项的公开目录，逐项明确公开内容、时限、方式和责任单位，并在{place}先行先试。',
         '围绕{subject}政策，组织工作人员到{place}、{place2}入户走访，面对面解读，收集意见建议并及时反馈。',
         '督促{place}供水、供电、供气等单位公开服务指南、收费标准和办事流程，方便群众查询和监督。',
         '会同{place}等单位，对与{subject}有关的热点问题作出回应，做到有问必答、答必具体。')
NOTICES = {'2021-30': '《国务院办公厅政府信息与政务公开办公室关于印发<中华人民共和国政府信息公开工作年度报告格式>的通知》（国办公开办函〔2021〕30号）',
           '2019-60': '《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）'}


# The 3,755 common signs of GB/T 2312, and now and then one of the 8,105 of the national table.
COMMON = [sign for lead in range(0xb0, 0xd8) for trail in range(0xa1, 0xff)
          for sign in bytes((lead, trail)).decode('gb2312', 'ignore') if sign not in AVOIDED]
RARE = 0.03


def rare_signs():
    with open(os.path.join(HERE, '../../fonts/tgh.txt'), encoding='utf-8') as file:
        return [sign for sign in file.read() if sign > ' ' and sign not in AVOIDED]


ALL = rare_signs()


def name_of(random, length):
    return ''.join(random.choice(ALL if random.random() < RARE else COMMON) for _ in range(length))


def place(random):
    return name_of(random, random.choice((2, 2, 3))) + \
        random.choice(('村', '社区', '新城', '湾', '桥', '坪', '寨'))


class Writer:
    def __init__(self, random, name, year, figures):
        self.random, self.name, self.year, self.figures = random, name, year, figures

    def say(self, sentences):
        subject, subject2 = self.random.sample(SUBJECTS, 2)
        return self.random.choice(sentences).format(
            year=self.year, name=self.name, subject=subject, subject2=subject2,
            place=place(self.random), place2=place(self.random),
            count=self.random.randint(20, 9000), few=self.random.randint(2, 9))

    def some(self, sentences, least, most):
        return ''.join(self.say(sentences) for _ in range(self.random.randint(least, most)))

    def preface(self, edition):
        return ['本报告根据《中华人民共和国政府信息公开条例》和%s的要求编制，由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、'
                '政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项组成。'
                '报告中所列数据的统计期限自%d年1月1日起，至%d年12月31日止。' %
                (NOTICES[edition], self.year, self.year)]

    def requests(self):
        table = self.figures['requests']
        new, carried = table['new'][-1], table['carried'][-1]
        total, remaining = table['total'][-1], table['remaining'][-1]
        granted = table['results'][('予以公开',)][-1]
        said = [self.random.choice(('本年新收政府信息公开申请%d件，上年结转%d件。', '全年新收政府信息公开申请%d件，上年结转%d件。'))
                % (new, carried),
                '办理结果共%d件，其中予以公开%d件，结转下年度继续办理%d件。' % (total, granted, remaining)]
        return ''.join(said)

    def overview(self):
        parts = (('主动公开情况', ACTIVE), ('依申请公开情况', None), ('政府信息管理情况', MANAGEMENT),
                 ('平台建设情况', PLATFORM), ('监督保障情况', GUARANTEE))
        lines = [self.say(OPENINGS)]
        for number, (head, sentences) in zip('一二三四五', parts):
            body = self.requests() if sentences is None else self.some(sentences, 2, 4)
            lines.append('（%s）%s。%s' % (number, head, body))
        return lines

    def problems(self):
        found = [self.say([one]) for one in self.random.sample(PROBLEMS, 3)]
        mended = [self.say([one]) for one in self.random.sample(REMEDIES, 3)]
        return ['主要问题：一是%s；二是%s；三是%s。' % tuple(found),
                '改进措施：一是%s；二是%s；三是%s。' % tuple(mended)]

    def other(self):
        lines = ['（一）收取信息处理费情况。本年度未收取信息处理费。']
        heads = self.random.sample(HEADS, self.random.randint(2, len(HEADS)))
        for number, head in zip('二三四五六', heads):
            lines.append('（%s）%s。%s' % (number, head, self.some(WORKS, 3, 9)))
        return lines
