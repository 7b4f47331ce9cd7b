/* What fits needs no stop for the keyboard: a frame (site/frames.py) is one only while it scrolls. */

function stops(frame) {
  if (frame.scrollWidth > frame.clientWidth) frame.setAttribute("tabindex", "0");
  else frame.removeAttribute("tabindex");
}

if (window.ResizeObserver) {
  const watching = new ResizeObserver(function (seen) { seen.forEach(function (each) { stops(each.target); }); });
  document.querySelectorAll(".cp-frame, pre > code[role]").forEach(function (frame) { watching.observe(frame); });
}
