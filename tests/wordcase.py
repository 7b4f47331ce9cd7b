"""The one case that all Word files of `wordforms` tell, and what must never come out of them. School, people and numbers are made up."""

EXPECTED = {
    "案例名称": "放学以后去哪里：一所乡村小学的课后服务",
    "学校": "青禾县柳湾小学",
    "学段": ["小学"],
    "负责人": "柳青青",
    "负责人电话": "13800519500",
    "联系人": "顾安",
    "联系人电话": "0519—80000000",
    "邮箱": "office@example.com",
    "案例主题": ["课后服务"],
    "撰写人": ["顾安", "许诺"],
}
# What each form asks for. A bare 电话 on the form of 001 belongs to the person named before it.
FIELDS_001 = ("案例名称", "学校", "学段", "负责人", "负责人电话", "联系人", "联系人电话", "邮箱", "案例主题")
FIELDS_000 = ("案例名称", "学校", "学段", "撰写人", "联系人电话", "邮箱", "案例主题")
FIELDS_MANUSCRIPT = ("案例名称", "学校", "撰写人")
# Fields whose values may be kept, but never stand in a case, on a page or in a book.
PRIVATE = ("负责人", "负责人电话", "联系人", "联系人电话", "邮箱")

STAGES = ("小学", "初中")
THEMES_001 = (
    "作业减负",
    "课堂提质",
    "课后服务",
    "考试管理",
    "家校社联动",
    "手机管理、读物管理、睡眠管理、体质管理",
    "教学评价改革",
    "城乡一体化发展",
)
THEMES_000 = ("课后服务", "作业管理", "课堂教学", "科学教育", "校本教研", "身心健康", "教师减负", "评价改革", "家校社协同", "其它方面")

# Headings without their numbers and without the hint that the form prints behind them; the paragraphs below each.
SECTIONS = {
    "案例背景": [
        "柳湾小学在山脚下，全校6个班、186名学生，七成孩子的家长下午六点以后才收工。",
        "放学铃响，有的孩子蹲在校门口的石阶上写字，有的跟着村里的小卖部关门才回家。",
    ],
    "特色做法与经验": [
        "我们把一下午分成两段：前一段40分钟写完作业，后一段60分钟做喜欢的事（<2小时）。",
        "村里的篾匠、退休的兽医、开农机的师傅都来上课，每人每学期8次，学校管饭&接送。",
        "课程表每月换一次，由孩子投票；票数贴在食堂门口，谁都看得见。",
    ],
    "成效与社会影响": [
        "一学期下来，参加的孩子从61人增加到179人，带回家的书面作业少了三分之二。",
        "邻镇的两所小学照着做了起来，县里把篾编课排进了送教下乡的单子。",
    ],
}
HINTS = {"案例背景": "（要解决什么）", "特色做法与经验": "（怎么做的）", "成效与社会影响": "（改变了什么）"}
NUMBERS = ("一", "二", "三")

# Of a manuscript besides: where it holds them, these come through too, each once.
EXTRA = {
    "footnote": "石阶共十一级，村民叫它“等人坎”。",
    "endnote": "票数由值日生每月最后一个周五公布。",
    "list": ["篾编", "认药草", "修农具"],
    "table": [["月份", "人数"], ["九月", "61"], ["一月", "179"]],
    "caption": "图1 篾编课上的第一只小篮子",
    "subheading": "请进来的先生",
}

# What must not stand in anything that is made from a file, by how it was put there.
PLANTED = {
    "deleted": "已删去之语甲",
    "deleted-paragraph": "已删去之段乙",
    "deleted-row": "已删去之行丙",
    "moved-from": "已移走之语丁",
    "comment": "批注之语戊13800010500",
    "hidden": "隐去之语己",
    "hidden-style": "样式隐去之语庚",
    "hidden-paragraph-style": "段落样式隐去之语辛",
    "header": "页眉之语壬",
    "footer": "页脚之语癸",
    "placeholder": "单击此处输入文字子",
    "contents": "目录之语丑",
    "property": "属性之语寅13800020500",
    "custom-property": "自定属性之语卯",
    "author": "修订者之名辰",
    "embedded": "嵌入之语巳",
    "fallback": "备选之语午",
    "field-code": "域代码之语未",
    "bookmark": "书签之名申",
    "alt-file": "C:\\Users\\酉\\照片.jpg",
    "variable": "变量之语戌",
}

COLLECTION = f"""title: 收件样例
publisher: 青禾县教育局
date: 2026年11月
fields:
  title:    {{label: 案例名称, kind: text, required: yes}}
  school:   {{label: 学校, kind: text, required: yes}}
  stage:    {{label: 学段, kind: choice, choices: [{", ".join(STAGES)}]}}
  theme:    {{label: 案例主题, kind: choice, aliases: [主题类别], choices: [{", ".join(dict.fromkeys(THEMES_001 + THEMES_000))}]}}
  authors:  {{label: 撰写人, kind: people, many: yes}}
  leader:   {{label: 负责人, kind: text, private: yes}}
  leader-phone:  {{label: 负责人电话, kind: text, private: yes}}
  contact:  {{label: 联系人, kind: text, private: yes}}
  contact-phone: {{label: 联系人电话, kind: text, private: yes, aliases: [联系电话]}}
  email:    {{label: 邮箱, kind: text, private: yes, aliases: [电子邮箱]}}
"""
