"""Records: the lists and forms that a bureau keeps of its cases: 汇总表, 获奖名单, 公示名单, certificates, 申报表. Tables are plain
values; only the doors know Excel and Word."""
