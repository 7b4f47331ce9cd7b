/* How many cases are picked, on every page once there is one; it leads to the page that makes a book of them. */

const told = element("a", "cp-basket");
told.hidden = true;

function drawTold() {
  const now = basket(), count = now.cases.length;
  told.hidden = !count || Boolean(document.querySelector(".cp-compile"));
  told.textContent = "选编 " + figure(count) + " 个案例";
  told.href = HOME + "compile.html" + (unkept ? fragment(now) : "");
  if (unkept) told.appendChild(element("small", "", "浏览器不许本站存数据，换页就忘，请现在点开"));
}

function drawBasket() {
  drawPicks();
  drawTold();
}

(document.querySelector("footer.cp-footer") || document.body).appendChild(told); // within a landmark
drawTold();
window.addEventListener("cp-basket", drawBasket);
window.addEventListener("storage", drawBasket); // another tab
window.addEventListener("pageshow", function (event) { if (event.persisted) drawBasket(); });

/* From a disk no page can read another one: a case that stands in a frame of the compilation tells its text when it is asked. */
window.addEventListener("message", function (event) {
  const body = document.querySelector(".cp-case");
  if (body && event.data === "casepress: case" && event.source === window.parent && window.parent !== window) {
    event.source.postMessage({ casepress: body.outerHTML }, "*");
  }
});
