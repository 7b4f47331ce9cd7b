"""Titles: a title in a few lines of nearly the same length, broken where Chinese may and words seem to end.

Flows in: a title. Flows out: its lines. There is no dictionary here: single characters and a short list of the words
that titles of education cases are made of say where a break would hurt; where they do not know, length decides.
"""

import re
from math import ceil

_NUMERALS = "〇一二三四五六七八九"

# No line of a title begins with these marks or ends with those (CLREQ 3.1.3), nor breaks inside a number or a word.
_NOT_FIRST, _NOT_LAST = "，。、；：！？）》〉】」』”’·—…~～％%),.;:!?]}", "（《〈【「『“‘—…([{"
_WHOLE = re.compile(r"[0-9A-Za-z]+(?:[.,:/+~&'’–-][0-9A-Za-z]+)*|[—…]+")
_PAIRS = ("《》", "“”", "（）")
# Where words mostly begin and end, as far as single characters say so without a dictionary: a line ends well behind the
# first and before the second kind; the third belongs to the character before it, the fourth to the one behind.
_ENDS, _BEGINS = "的、，：；！？”》）与和及或暨之 ", "“《（在从向对把让以为用助促——"
_TRAILS, _LEADS = "的地得了着们等与和及或之化性制度式型率者员级县区市省", "第各每不无非一二三四五六七八九十两几多新老大小全"
# Words of the field that a line should not end in.
_WORDS = """课后服务 课后 服务 课堂 课程 课标 课时 教育 教学 教师 教研 教材 教练 校本 校园 校内 校外 学校 学生 学科 学习 学段 学前 学堂
小学 初中 高中 中学 中职 幼儿 幼儿园 义务教育 作业 管理 评价 考试 睡眠 手机 读物 体质 体育 体教融合 美育 德育 劳动 科学 科普 阅读
心理 健康 家长 家庭 家校 社区 社会 资源 平台 智慧 数字 信息 机制 体系 模式 制度 标准 质量 经费 财政 收费 保障 办法 方案 意见 措施
行动 计划 工程 项目 实践 探索 思考 研究 经验 案例 特色 创新 改革 发展 建设 推进 推动 促进 提高 提升 强化 加强 健全 完善 规范 统一
明确 制定 出台 引进 引入 引领 开展 实施 落实 落地 见效 优化 挖掘 力量 成长 减负 减质 增质 提质 增效 双减 双向 选择 机构 准入 退出
第三方 培训 治理 督导 监管 示范 区域 县域 农村 乡村 城乡 自治区 一贯制 一体化 寄宿制 规模 公益 托管 志愿 专项 试验 实验 专业
团队 特殊 融合 协同 育人 并举 通过 利用 结合 补助 补贴 时间 怎样 自主 分层 设计 观察 调研 情况 试行 综合 素质 素养 成效 影响
问题 策略 路径 方法 内涵 常规 行为 联动 题库 有效 关心 关爱 指导 共育 孩子 确保 全额 纳入 强课 着力 大力 狠抓 打造 坚持""".split()


def balanced(title: str, most: float = 14) -> tuple[str, ...]:
    """A title in as few lines of at most `most` ems as it takes, all of nearly the same length.

    A line grows beyond that where no break is allowed. Names in 《》 and “” stay whole where they can.
    """
    costs = _break_costs(title)
    ideal = _ems(title) / max(1, ceil(_ems(title) / most))
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(title) + 1):
        choices, length = [], 0.0
        for start in range(end - 1, -1, -1):
            length += _ems(title[start])
            if choices and length > 2 * most:
                break
            cost, lines = best[start]
            cost += (length - ideal) ** 2 + 100 * max(0.0, length - most) + costs[end]
            choices.append((cost, (*lines, title[start:end])))
        best.append(min(choices))
    return best[-1][1] or (title,)


def _ems(text: str) -> float:
    """About the width of a text: two Latin letters are as wide as one Chinese character."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _break_costs(text: str) -> list[float]:
    """How bad it is to end a line before each place of a text, from its beginning to its end."""
    costs = [0.0] * (len(text) + 1)
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        if after in _NOT_FIRST or before in _NOT_LAST:
            costs[at] = 10_000
        elif after in "的与和":
            costs[at] = 200
        else:
            costs[at] = 0 if before in _ENDS else 3 if after in _BEGINS else 9
            costs[at] += 12 * (after in _TRAILS or (before in _LEADS and before not in _ENDS))
            # A figure stands with its unit, a space at the end of its line, and names in marks stay whole
            costs[at] += 12 * (before.isdigit() or after.isdigit() or after == " ")
            costs[at] += 12 * any(text[:at].count(left) > text[:at].count(right) for left, right in _PAIRS)
    for word in _WORDS:
        for found in re.finditer(word, text):
            for at in range(found.start() + 1, found.end()):
                costs[at] += 24
    for whole in _WHOLE.finditer(text):
        costs[whole.start() + 1 : whole.end()] = [10_000] * (len(whole[0]) - 1)
    return costs


def chinese_numeral(number: int) -> str:
    """1 -> 一, 12 -> 十二, 20 -> 二十; from 100 on, which no book of this kind should need, the figures."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return head + (_NUMERALS[ones] if ones or not tens else "")


def spaced(name: str) -> str:
    """A name of two characters spread over three, as lists of names have it: 张三 -> 张　三."""
    return f"{name[0]}　{name[1]}" if len(name) == 2 and not name.isascii() else name
