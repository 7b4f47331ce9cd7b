"""A collection of what people really write, and of what is hardest to show on a phone: long titles, ten authors, merged and wide
tables, two hundred notes, pictures upright and wide, headings to the sixth level, code, links in every direction, hostile titles."""

import io

from PIL import Image

SETTINGS = """title: 某市义务教育阶段学校减轻学生过重作业负担和校外培训负担典型案例汇编
subtitle: 第三批（2024—2026年）
publisher: 某某市教育局
date: 2026年11月
address: https://example.org/lib/
book:
  parts: theme
  winners: yes
  committee: {主编: [甲某, 乙某], 编委: [欧阳明, 司马光, 诸葛亮, 上官婉, 李四, 王五, 赵六, 钱七, 孙八, 周九, 吴十]}
"""
LONG = """---
id: long
title: “五育并举·家校社协同”背景下县域义务教育阶段学校作业管理与课后服务一体化推进机制的构建及其在九所乡村小规模学校的实践探索——以2024—2026学年为例
subtitle: 基于 Data-Driven Instruction 的三年行动研究报告（节选）
region: 江苏省常州市武进区
school: 江苏省常州市武进区某实验小学教育集团（本部、东校区、西校区、北校区联合申报）
theme: [课后服务, 作业管理]
batch: 第三批
award: 特等奖
authors: [欧阳明月, 司马光明（组长）, 诸葛孔明, 上官婉儿, 李四, 王五, 赵六, 钱七, 孙八, 周九]
summary: 学校以作业管理为切口，建立“年级组备案—教研组审核—教务处公示”三级制度，三年间书面作业时长由人均 78 分钟降至 46 分钟。
source: {title: 关于公布典型案例名单的通知, issuer: 某省教育厅办公室, number: 教办函〔2026〕12号, date: 2026-05-06, url: "https://example.org/a/very/long/path/which/does/not/end/soon.html?x=1&y=2"}
photos:
  - {file: wide.jpg, alt: 操场, caption: 学生在操场上开展大课间活动，背景是新建成的风雨操场与校史长廊，摄于运动会开幕式当天上午, credit: 王五}
  - {file: tall.jpg, alt: 竖幅海报}
---

## 一、背景

一句[^a]，又一句[^a]，再一句[^b]。见[另一个](tables.md)，见[那里的标题](tables.md#十二列)，见[本页](#三成效)，见[短的](brief.md)。😀👨‍👩‍👧👍🏽 与 ✔ ☑ ❤。**加粗**与*斜体*、~~删去~~、H<sub>2</sub>O、x<sup>2</sup>。

### （一）三级标题比较长的时候会怎么样呢看一看它换行以后好不好看以及和正文的间距

#### 1.四级标题

##### （1）五级标题

###### ①六级标题

正文六。

![竖的图](tall.jpg "课程图谱")

![横的图](wide.jpg "某市地图　审图号：GS（2024）0650号")

## 二、做法

1. 第一项
    1. 内项一
        - 更内的项，很长很长很长很长很长很长很长很长很长很长
            - 第四层
2. 第二项

    第二项的又一段。

    ```
    def f(x):  # 一行很长很长很长很长 and_a_very_long_identifier_without_spaces_0123456789_abcdefghijklmnopqrstuvwxyz
        return x < 1 & "]]>"
    ```

> 引用的话。
>
> > 引中引。

最后一段，有很长的网址 https://example.org/averyveryveryverylongpathwithoutanybreaksatallinitwhichgoeson 和 `inline_code_very_long_identifier_without_spaces_0123456789_abcdefghijklmnopqrstuvwxyz`。

## 三、成效

| 年份 | 时长 |
| --- | ---: |
| 2024 | 78 |

[^a]: 《义务教育课程方案和课程标准（2022年版）》，北京师范大学出版社，2022年，第12—15页。
[^b]: 注的话二，[网](http://example.org/)。

    第二段。
"""
TABLES = """---
id: tables
title: 各样的表
region: 江苏省南京市
school: 乙中学
theme: 作业管理
batch: 第三批
award: 一等奖
authors: 张三
---

## 合并单元格

<table>
<tr><th rowspan="2">年级</th><th colspan="2">语文</th><th colspan="2">数学</th></tr>
<tr><th>作业量</th><th>时长</th><th>作业量</th><th>时长</th></tr>
<tr><td rowspan="2">一年级</td><td>0</td><td>0</td><td>0</td><td>0</td></tr>
<tr><td colspan="4">不布置书面家庭作业，以亲子阅读、口头表达和动手操作为主，每周一次主题实践</td></tr>
<tr><td>二年级</td><td>1</td><td>15</td><td>1</td><td>10</td></tr>
</table>

## 十二列

| 序号 | 学校 | 一月 | 二月 | 三月 | 四月 | 五月 | 六月 | 七月 | 八月 | 九月 | 合计 |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| 1 | 某某实验小学教育集团 | 12.5 | 13.1 | 14 | 15 | 16 | 17 | 18 | 19 | 20 | 144.6 |

## 话多的表

| 环节 | 教师活动 | 学生活动 | 设计意图 |
| --- | --- | --- | --- |
| 导入（5分钟） | 出示情境图，提出问题：“怎样估计一袋米有多少粒？”组织学生小组讨论，记录各组方案 | 观察、讨论、说出自己的想法，尝试用“先数一小份，再估全部”的方法 | 从真实情境出发，激发学生的探究兴趣 |
| 探究 | 巡视指导 | 分组实验 | 见![小图](small.png) |

## 两列

| 项目 | 内容 |
| --- | --- |
| 课题 | 小小粮仓 |

<table><tr><td>外</td><td><table><tr><td>内一</td><td>内二</td></tr></table></td></tr></table>
"""
NOTES = """---
id: notes
title: 两百个脚注
region: 江苏省南京市
school: 丙中学
theme: 课后服务
batch: 第三批
award: 二等奖
authors: 李四
---

"""
NOTES += "\n\n".join("".join(f"话{i}[^{i}]，" for i in range(n, n + 5)) + "完。" for n in range(1, 201, 5)) + "\n\n"
NOTES += "\n".join(f"[^{i}]: 第{i}条注。" for i in range(1, 201)) + "\n"
HOSTILE = """---
id: host
title: '<img src=x onerror=alert(1)> & ]]> "引号" <b>不是粗体</b>'
region: 江苏省南京市
school: 'A & B <学校>'
theme: 课后服务
batch: 第三批
authors: 'x<y'
---

## 标题 & <b>粗</b> ]]> <script>alert(1)</script>

文字 & ]]> <img src=x onerror=alert(1)>。
"""
BRIEF = """---
id: brief
title: 短案例
region: 江苏省南京市
school: 丁小学
theme: 家校协同
batch: 第二批
篇幅: digest
summary: 摘要。
---

一段话，见[两百个脚注](notes.md)。
"""


def photo(width: int, height: int, kind: str = "JPEG", **options: object) -> bytes:
    """A picture with grain, as a camera makes it."""
    data = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(data, kind, **options)
    return data.getvalue()


def files() -> dict[str, str | bytes]:
    """The files of the collection."""
    return {
        "cases/collection.yml": SETTINGS,
        "cases/long.md": LONG,
        "cases/tables.md": TABLES,
        "cases/notes.md": NOTES,
        "cases/host.md": HOSTILE,
        "cases/brief.md": BRIEF,
        "cases/wide.jpg": photo(1200, 450),
        "cases/tall.jpg": photo(450, 1200),
        "cases/small.png": photo(120, 90, "PNG"),
        "content/book/preface.md": "# 前言\n\n前言的话[^1]，见[做法](../../cases/long.md#二做法)。\n\n[^1]: 前言的注。\n",
        "content/book/appendix-1-x.md": "# 评选标准\n\n| 指标 | 分值 |\n| --- | --- |\n| 创新 | 20 |\n",
    }
