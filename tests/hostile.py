"""A case and settings in which every value that can be hostile is: tags, scripts, handlers, templates, files."""

TAG, SUM = "<img src=x onerror=alert(1)>", "{{7919*7907}}"
HOSTILE = f"{TAG}{SUM}"
HOSTILE_CASE = f"""---
id: hostile
title: '标题{HOSTILE}'
subtitle: '副标题{HOSTILE}'
region: '地区{HOSTILE}'
school: '单位{HOSTILE}"><script>alert(1)</script>'
stage: '学段{HOSTILE}'
theme: '主题{HOSTILE}'
batch: '批次{HOSTILE}'
award: '一等奖{HOSTILE}'
authors: '撰写人{HOSTILE}（角色{HOSTILE}）'
summary: '摘要{HOSTILE}" onmouseover="alert(1)'
source: {{title: '来源{HOSTILE}', issuer: '单位{HOSTILE}', number: '文号{HOSTILE}', date: '日期{HOSTILE}', url: 'https://example.org/?a={{{{7919*7907}}}}&onclick=alert(1)'}}
photos: [{{file: p.png, alt: '替代" onerror="alert(1){HOSTILE}', caption: '说明{HOSTILE}', credit: '摄影{HOSTILE}'}}]
---

## 小标题{HOSTILE} {{#x onclick=alert(1)}}

<script>alert(1)</script>

<a href="javascript:alert(1)">甲</a> [乙](https://example.org/" onclick=alert(1)) {{: onclick="alert(1)" }}

<svg onload=alert(1)> <iframe srcdoc="<script>alert(1)</script>"> &lt;script&gt;alert(1)&lt;/script&gt; {SUM} {{% include "/etc/passwd" %}}

--8<-- "/etc/passwd"

[TOC]

!!! note "{TAG}"
    提示

| 表头{TAG} | b |
| --- | --- |
| {TAG} | `{TAG}` |

![替代" onerror="alert(1)](p.png "标题" onerror="alert(1)")

- 脚注[^1]{TAG}

[^1]: 注{TAG}
"""  # fmt: skip
HOSTILE_SETTINGS = f"""title: '案例库{HOSTILE}</title><script>alert(1)</script>'
subtitle: '副题{HOSTILE}'
publisher: '出版{HOSTILE}'
date: '日期{HOSTILE}'
book: {{title: '书{HOSTILE}', subtitle: '书的副题{HOSTILE}'}}
fields:
  theme: {{label: '主题{TAG}'}}
  extra: {{label: '另加{HOSTILE}', kind: choice, facet: yes, choices: [{{label: '选项{HOSTILE}', note: '说明{HOSTILE}'}}]}}
"""
