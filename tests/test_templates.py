"""Templates are compiled once in a process, and anew where their source is another one."""

from casepress.markup.templates import environment


def test_a_template_is_compiled_once_for_its_source(tmp_path):
    """Another environment takes what was compiled of the same file, unless the file says something else now."""
    path = tmp_path / "a.html"
    path.write_text("一 {{ word }}", "utf-8")
    one, other = (environment([tmp_path]).get_template("a.html") for _ in range(2))
    assert one.root_render_func.__code__ is other.root_render_func.__code__
    assert one.render(word="<") == other.render(word="<") == "一 &lt;"

    path.write_text("二 {{ word }}", "utf-8")
    assert environment([tmp_path]).get_template("a.html").render(word="三") == "二 三"
