/* Where a case was opened from, for its page: the address, and the cases that stood there in their order. */

const MOST_CASES = 500;

function caseOf(root) {
  const link = root.querySelector(".cp-card-title a, .cp-c-title a, a");
  return { id: root.getAttribute("data-case"), title: link ? link.textContent.trim() : "" };
}

document.addEventListener("click", function (event) {
  const link = event.target.closest("a[href]"), root = link && link.closest("[data-case]");
  if (!root || root.matches(".cp-case")) return;
  const list = root.parentNode, name = document.querySelector(".cp-case") ? "上一页" : "结果";
  const cases = Array.prototype.slice.call(list.querySelectorAll(":scope > [data-case]"), 0, MOST_CASES).map(caseOf);
  try {
    sessionStorage.setItem("casepress-from", JSON.stringify({ address: location.href, name: name, cases: cases }));
  } catch (reason) {
    // then a case shows no way back
  }
});
