/* Pictures large: a link to a picture opens it over the page, where arrows and swipes lead to the others. */

const larges = [].slice.call(document.querySelectorAll("a.cp-large"));
const box = element("dialog", "cp-lightbox"), large = element("img", "cp-lightbox-picture");
const words = element("figcaption", ""), nth = element("p", "cp-lightbox-nth");
const before = button("cp-lightbox-before", "上一张", function () { show(at - 1); });
const after = button("cp-lightbox-after", "下一张", function () { show(at + 1); });
let at = 0;      // which picture is shown
let from = null; // where a finger came down

function show(wanted) {
  if (wanted < 0 || wanted >= larges.length) return;
  at = wanted;
  const link = larges[at], small = link.querySelector("img"), frame = link.closest("figure");
  const caption = frame && frame.querySelector("figcaption");
  box.classList.remove("cp-lightbox-whole");
  large.removeAttribute("src"); // so that the last one does not stand there while this one loads
  large.width = small.width && small.getAttribute("width") || 0;
  large.height = small.getAttribute("height") || 0;
  large.alt = small.alt;
  large.src = link.href;
  words.textContent = caption ? caption.textContent : "";
  nth.textContent = larges.length > 1 ? "第 " + (at + 1) + " 张，共 " + larges.length + " 张" : "";
  if ((!at && document.activeElement === before) || (at === larges.length - 1 && document.activeElement === after)) shut.focus();
  before.disabled = !at;
  after.disabled = at === larges.length - 1;
}

const shut = button("cp-lightbox-shut", "关闭", function () { box.close(); });

function begin() {
  const figure = element("figure", ""), bar = element("p", "cp-lightbox-bar");
  box.setAttribute("aria-label", "图片");
  nth.setAttribute("role", "status");
  figure.append(large, words);
  bar.append(nth, before, after, shut);
  before.hidden = after.hidden = larges.length < 2;
  box.append(bar, figure);
  document.body.append(box);
  box.addEventListener("keydown", function (event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || box.classList.contains("cp-lightbox-whole")) return;
    event.preventDefault();
    show(at + step);
  });
  box.addEventListener("click", function (event) {
    if (event.target === box || event.target === figure) box.close();
  });
  large.addEventListener("click", function () { box.classList.toggle("cp-lightbox-whole"); });
  box.addEventListener("close", function () { larges[at].focus(); });
  figure.addEventListener("touchstart", function (event) {
    from = event.touches.length === 1 ? event.touches[0] : null;
  }, { passive: true });
  figure.addEventListener("touchend", function (event) {
    const zoomed = window.visualViewport && window.visualViewport.scale > 1.01, to = event.changedTouches[0];
    const across = from ? to.clientX - from.clientX : 0, down = from ? to.clientY - from.clientY : 0;
    if (!zoomed && !box.classList.contains("cp-lightbox-whole") && Math.abs(across) > 50 && Math.abs(across) > 2 * Math.abs(down)) {
      show(at + (across < 0 ? 1 : -1));
    }
    from = null;
  }, { passive: true });
  larges.forEach(function (link, i) {
    link.addEventListener("click", function (event) {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      show(i);
      box.showModal();
      shut.focus();
    });
  });
}

if (larges.length && box.showModal) begin();
