/* What fits needs no stop for the keyboard: a frame (site/frames.py) is one only while it scrolls. */

function stops(frame) {
  if (frame.scrollWidth > frame.clientWidth) frame.setAttribute("tabindex", "0");
  else frame.removeAttribute("tabindex");
}

if (window.ResizeObserver) {
  const frames = Array.from(document.querySelectorAll(".cp-frame, pre > code[role]"));
  const watching = new ResizeObserver(function (seen) { seen.forEach(function (each) { stops(each.target); }); });
  frames.forEach(function (frame) { watching.observe(frame); });
  // how wide its content is may only be known when all has come, and then the frame itself has not changed
  window.addEventListener("load", function () { requestAnimationFrame(function () { frames.forEach(stops); }); });
}
