"""The gazetteer: what names of places mean, over the whole shipped table."""

import csv
from collections import Counter

import pytest

from casepress.facts.places import TABLE, DeclaredPlace, Gazetteer, gazetteer


@pytest.fixture(scope="module")
def standard() -> Gazetteer:
    return gazetteer()


def labels(found):
    return [place.label for place in found]


def codes(found):
    return [place.code for place in found]


def test_table_is_whole_and_sorted():
    """The table holds every province, city and county once, in code order, and no stand-in nodes."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    listed = [row["code"] for row in rows]
    assert listed == sorted(set(listed))
    assert all(len(code) == 6 and code.isdigit() for code in listed)
    levels = Counter("province" if code.endswith("0000") else "city" if code.endswith("00") else "county" for code in listed)
    assert levels == {"province": 34, "city": 333, "county": 2846}
    assert not [row for row in rows if row["name"] in ("市辖区", "县") or "直辖县级" in row["name"]]
    assert all(row["name"] == row["name"].strip() for row in rows)


def test_every_place_hangs_under_its_parents(standard):
    """Each path leads from a province down; only municipalities and places held by a province skip the city."""
    skipping = Counter()
    for place in standard.places.values():
        assert len(place.path) == len(place.codes) <= 3
        assert place.codes[-1] == place.code and place.path[-1] == place.name
        assert place.codes[0] == place.code[:2] + "0000"
        assert [standard.place(code).name for code in place.codes] == list(place.path)
        if len(place.path) == 2 and not place.code.endswith("00"):
            skipping[place.path[0]] += 1
    assert skipping == {
        "北京市": 16, "天津市": 16, "上海市": 16, "重庆市": 38,
        "河南省": 1, "湖北省": 4, "海南省": 15, "新疆维吾尔自治区": 11,
    }  # fmt: skip


def test_every_full_path_means_its_own_place(standard):
    """The full name, the label and the code of every place resolve to that place and no other."""
    for place in standard.places.values():
        for text in (place.full_name, place.label, " ".join(place.path), "/".join(place.path), place.code):
            assert standard.resolve(text) == (place,), text


def test_every_spoken_path_finds_its_place(standard):
    """A path of spoken names (江苏常州武进) means its place; only three pairs of a city and a county stay unclear."""
    unclear = set()
    for place in standard.places.values():
        # The second form, where there is one, is the bare stem: 江苏 after 江苏省.
        text = "".join(standard.forms[code][min(1, len(standard.forms[code]) - 1)] for code in place.codes)
        found = standard.resolve(text)
        if found != (place,):
            unclear.add(text)
            assert place in found
    assert unclear == {"甘肃临夏临夏", "新疆和田和田", "新疆伊犁伊宁"}


@pytest.mark.parametrize(
    ("name", "code"),
    [pair.rsplit("=", 1) for pair in (
        "内蒙古=150000 上海=310000 山东=370000 广西=450000 贵州=520000 太原=140100 南昌=360100 武汉=420100 长沙=430100 "
        "广州=440100 四川=510000 金华=330700 台州=331000 盘锦=211100 厦门=350200 天津=120000 浙江=330000 福建=350000 "
        "河南=410000 青岛=370200 潍城=370702 玄武=320102 辽宁=210000 甘肃=620000 重庆=500000 海南=460000 晋江=350582 "
        "平度=370283 黄岛=370211 淄博=370300 博山=370304 烟台=370600 威海=371000 日照=371100 武进=320412 株洲=430200 "
        "宁夏=640000 北京=110000 河北=130000 新疆=650000 西藏=540000 香港=810000 澳门=820000 台湾=710000 常州=320400"
    ).split()],
)  # fmt: skip
def test_spoken_names_of_the_notices(standard, name, code):
    """The places that calls and case lists speak of are found by their short names."""
    assert codes(standard.resolve(name)) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "320412", "３２０４１２", " 320412 ", "武进", "武进区", "常州武进", "常州市武进区", "江苏武进", "江苏省武进区",
        "江苏常州武进", "江苏省常州市武进区", "江苏 常州 武进", "江苏省 › 常州市 › 武进区", "江苏省›常州市›武进区",
        "江苏省/常州市/武进区", "江苏省／常州市／武进区", "江苏省-常州市-武进区",
        "江苏省　常州市　武进区", "江苏，常州，武进",
    ],
)  # fmt: skip
def test_ways_of_writing_one_place(standard, text):
    """Codes, full paths and paths with levels or endings left out all mean 江苏省 › 常州市 › 武进区."""
    assert labels(standard.resolve(text)) == ["江苏省 › 常州市 › 武进区"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "东",
        "区",
        "市",
        "县",
        "不存在",
        "苏州武进",
        "武进常州",
        "州武进",
        "武进区教育局",
        "320499",
        "3204",
        "江苏" + "武进" * 5000,
    ],
)
def test_unknown_texts_mean_nothing(standard, text):
    """Single characters, endings, wrong parents, wrong order and unknown codes resolve to no place."""
    assert standard.resolve(text) == ()


def test_ambiguous_names_give_every_candidate(standard):
    """鼓楼区 names the four of them in code order, and a parent makes it clear."""
    four = ["320106", "320302", "350102", "410204"]
    assert codes(standard.resolve("鼓楼区")) == codes(standard.resolve("鼓楼")) == four
    assert codes(standard.resolve("江苏鼓楼区")) == four[:2]
    assert labels(standard.resolve("南京鼓楼")) == ["江苏省 › 南京市 › 鼓楼区"]
    assert codes(standard.resolve("朝阳")) == ["110105", "211300", "220104"]
    assert codes(standard.resolve("朝阳区")) == ["110105", "220104"]
    assert codes(standard.resolve("辽宁朝阳")) == ["211300"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("吉林", "吉林省"), ("吉林市", "吉林省 › 吉林市"), ("吉林吉林", "吉林省 › 吉林市"),
        ("海南", "海南省"), ("海南州", "青海省 › 海南藏族自治州"), ("海南区", "内蒙古自治区 › 乌海市 › 海南区"),
        ("河北", "河北省"), ("河北区", "天津市 › 河北区"), ("河南县", "青海省 › 黄南藏族自治州 › 河南蒙古族自治县"),
        ("大理", "云南省 › 大理白族自治州"), ("大理市", "云南省 › 大理白族自治州 › 大理市"),
        ("长沙", "湖南省 › 长沙市"), ("长沙县", "湖南省 › 长沙市 › 长沙县"), ("沙县", "福建省 › 三明市 › 沙县"),
    ],
)  # fmt: skip
def test_which_name_wins(standard, text, label):
    """An official name beats a spoken one, a province beats its namesakes, a place above beats those within it."""
    assert labels(standard.resolve(text)) == [label]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("北京市朝阳区", "北京市 › 朝阳区"), ("浦东", "上海市 › 浦东新区"), ("重庆城口", "重庆市 › 城口县"),
        ("429004", "湖北省 › 仙桃市"), ("湖北仙桃", "湖北省 › 仙桃市"), ("神农架", "湖北省 › 神农架林区"),
        ("469023", "海南省 › 澄迈县"), ("儋州", "海南省 › 儋州市"), ("石河子", "新疆维吾尔自治区 › 石河子市"),
        ("济源市", "河南省 › 济源市"), ("东莞", "广东省 › 东莞市"),
        ("三江县", "广西壮族自治区 › 柳州市 › 三江侗族自治县"), ("鄂伦春", "内蒙古自治区 › 呼伦贝尔市 › 鄂伦春自治旗"),
        ("积石山", "甘肃省 › 临夏回族自治州 › 积石山保安族东乡族撒拉族自治县"),
        ("瀍河", "河南省 › 洛阳市 › 瀍河回族区"),
        ("隆林", "广西壮族自治区 › 百色市 › 隆林各族自治县"), ("锡林郭勒", "内蒙古自治区 › 锡林郭勒盟"),
        ("大兴安岭", "黑龙江省 › 大兴安岭地区"), ("碑林", "陕西省 › 西安市 › 碑林区"),
        ("沈北", "辽宁省 › 沈阳市 › 沈北新区"),
    ],
)  # fmt: skip
def test_places_with_unusual_paths_or_names(standard, text, label):
    """Municipalities, places held by a province and self-governing areas are found under the names people use."""
    assert labels(standard.resolve(text)) == [label]


def test_autonomous_prefectures_have_their_spoken_names(standard):
    """All 30 autonomous prefectures are known by their stem, and by their stem with 州."""
    stems = (
        "延边 恩施 湘西 阿坝 甘孜 凉山 黔西南 黔东南 黔南 楚雄 红河 文山 西双版纳 大理 德宏 怒江 迪庆 临夏 甘南 "
        "海北 黄南 海南 果洛 玉树 海西 昌吉 博尔塔拉 巴音郭楞 克孜勒苏 伊犁"
    ).split()
    official = [p for p in standard.places.values() if p.name.endswith("自治州")]
    assert len(official) == len(stems) == 30
    for place, stem in zip(official, stems, strict=True):
        assert stem in standard.forms[place.code]
        assert standard.resolve(stem + "州") == (place,)
        assert standard.resolve(place.path[0] + stem) == (place,)


def test_children_are_the_places_directly_below(standard):
    """Provinces stand at the top, cities below them, counties below those, in code order."""
    assert len(standard.children()) == 34
    assert [p.name for p in standard.children("320400")] == ["天宁区", "钟楼区", "新北区", "武进区", "金坛区", "溧阳市"]
    assert [p.name for p in standard.children("420000")][-4:] == ["仙桃市", "潜江市", "天门市", "神农架林区"]
    assert standard.children("320412") == ()
    with pytest.raises(KeyError):
        standard.place("999999")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("江苏省常州市武近区", "武进区"), ("常州武近", "武进区"), ("苏州市武进区", "武进区"),
        ("内梦古", "内蒙古自治区"), ("北京市鼓楼区", "江苏省南京市鼓楼区"), ("常洲市", "常州市"),
    ],
)  # fmt: skip
def test_suggestions_are_near_and_clear(standard, text, first):
    """A misspelt or misplaced name brings near names, each of which resolves to one place."""
    assert standard.resolve(text) == ()
    near = standard.suggestions(text)
    assert first in near and len(near) <= 3
    assert all(len(standard.resolve(name)) == 1 for name in near)
    assert standard.suggestions(text, n=1) == near[:1]


@pytest.mark.parametrize("text", ["", "区", "hello", "！！！", "·", "江苏" + "武近" * 5000])
def test_nothing_is_suggested_for_nonsense(standard, text):
    """A text like no name brings no suggestion."""
    assert standard.suggestions(text) == ()


XIHAIAN = DeclaredPlace("西海岸新区", "青岛市", aliases=("青岛西海岸", "黄岛新区"), slug="xihaian")
TIANFU = DeclaredPlace("天府新区", "四川省", slug="tianfu")
NINGDONG = DeclaredPlace("宁东", "宁夏回族自治区", aliases=("宁东能源化工基地",), slug="ningdong")
LINPING = DeclaredPlace("临平区", "330100", code="330113")


def test_collections_add_places_of_their_own():
    """Declared places have a path, a code and short names, and every place of the standard stays as it was."""
    places = gazetteer((XIHAIAN, TIANFU, NINGDONG, LINPING))
    assert labels(places.resolve("西海岸新区")) == ["山东省 › 青岛市 › 西海岸新区"]
    assert places.resolve("西海岸新区")[0].codes == ("370000", "370200", "370200-xihaian")
    for text in ("西海岸", "青岛 西海岸", "山东省青岛市西海岸新区", "黄岛新区", "山东黄岛新区", "370200-xihaian"):
        assert codes(places.resolve(text)) == ["370200-xihaian"], text
    assert codes(places.resolve("黄岛区")) == ["370211"]
    assert labels(places.resolve("天府")) == ["四川省 › 天府新区"]
    assert labels(places.resolve("宁夏宁东能源化工基地")) == ["宁夏回族自治区 › 宁东"]
    assert labels(places.resolve("330113")) == labels(places.resolve("杭州临平")) == ["浙江省 › 杭州市 › 临平区"]
    assert "西海岸新区" in [p.name for p in places.children("370200")]
    assert list(places.places) == sorted(places.places)
    for place in gazetteer().places.values():
        assert places.resolve(place.full_name) == (place,)


def test_declared_places_may_hold_others_or_stand_alone():
    """A declared place may be the parent of a later one, and an empty parent puts it beside the provinces."""
    corps = DeclaredPlace("新疆生产建设兵团", "", aliases=("兵团",), slug="xpcc")
    division = DeclaredPlace("第八师", "兵团", slug="8")
    places = gazetteer((corps, division))
    assert labels(places.resolve("兵团第八师")) == ["新疆生产建设兵团 › 第八师"]
    assert places.resolve("第八师")[0].codes == ("xpcc", "xpcc-8")
    assert places.children()[-1].name == "新疆生产建设兵团"


def test_empty_aliases_name_nothing():
    """An alias made of separators only does not make every text mean its place."""
    places = gazetteer((DeclaredPlace("宁东", "宁夏", aliases=("", "·"), slug="ningdong"),))
    assert places.resolve("") == places.resolve("·") == places.resolve("不存在宁东") == ()
    assert labels(places.resolve("宁东")) == ["宁夏回族自治区 › 宁东"]


def test_declaring_leaves_the_gazetteer_unchanged(standard):
    """`declare` gives a new gazetteer; the one that it was asked of stays as it was."""
    standard.declare(XIHAIAN)
    assert standard.resolve("西海岸新区") == ()
    assert "370200-xihaian" not in standard.places


@pytest.mark.parametrize(
    ("declared", "sentence"),
    [
        (DeclaredPlace("西海岸新区", "青导市", slug="x"), "地区“西海岸新区”的上级“青导市”找不到，是不是“青岛市”"),
        (
            DeclaredPlace("某街道", "江苏鼓楼", slug="x"),
            "地区“某街道”的上级“江苏鼓楼”不止一个：江苏省 › 南京市 › 鼓楼区（320106）、江苏省 › 徐州市 › 鼓楼区（320302），请写明是哪一个",
        ),
        (DeclaredPlace("某区", "青岛市"), "地区“某区”既没有六位代码，也没有由小写字母、数字和连字符组成的英文短名"),
        (DeclaredPlace("某区", "青岛市", slug="某"), "地区“某区”既没有六位代码，也没有由小写字母"),
        (DeclaredPlace("某区", "青岛市", code="37"), "地区“某区”的代码“37”不是六位数字"),
        (DeclaredPlace("某区", "青岛市", code="３７０２９９"), "地区“某区”的代码“３７０２９９”不是六位数字"),
        (
            DeclaredPlace("西海岸新区", "青岛市", code="370211"),
            "地区“西海岸新区”的代码 370211 已经属于“山东省 › 青岛市 › 黄岛区”",
        ),
        (DeclaredPlace("黄岛区", "青岛市", slug="huangdao"), "地区“山东省 › 青岛市 › 黄岛区”已经有了，不必再添加"),
        (DeclaredPlace(" ", "青岛市", slug="x"), "添加的地区缺少名称"),
        (DeclaredPlace("·", "青岛市", slug="x"), "添加的地区缺少名称"),
    ],
)
def test_places_that_cannot_be_placed_say_why(declared, sentence):
    """An unknown or ambiguous parent, a missing or taken code and a name used twice are told in one sentence."""
    with pytest.raises(ValueError) as raised:
        gazetteer((declared,))
    assert str(raised.value).startswith(sentence)
