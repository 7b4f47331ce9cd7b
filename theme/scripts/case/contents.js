/* The contents beside a case show where one is: the last heading that came to the top of the window. */

const READ = 140; // pixels from the top: what has come so far is being read

function followed() {
  const links = Array.prototype.slice.call(document.querySelectorAll(".cp-toc a"));
  const headings = links.map(function (link) { return document.getElementById(decodeURIComponent(link.hash.slice(1))); });
  let isAsked = false;
  if (!links.length) return;
  function tell() {
    let here = -1;
    headings.forEach(function (heading, nth) { if (heading && heading.getBoundingClientRect().top < READ) here = nth; });
    links.forEach(function (link, nth) {
      if (nth === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
  window.addEventListener("scroll", function () {
    if (!isAsked) requestAnimationFrame(function () { isAsked = false; tell(); });
    isAsked = true;
  }, { passive: true });
  tell();
}

followed();
