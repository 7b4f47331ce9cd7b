/* The QR code of a case's address, over the page: loaded and drawn when it is asked for. */

const SVG = "http://www.w3.org/2000/svg", QUIET = 4; // modules around it (ISO/IEC 18004)
const asker = document.querySelector(".cp-code-asker"), said = document.querySelector('link[rel="canonical"]').href;
const codeBox = element("dialog", "cp-code");

function drawn(address) {
  const code = qrcode(0, "M"), picture = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
  code.addData(address);
  code.make();
  const modules = code.getModuleCount();
  let way = "";
  for (let y = 0; y < modules; y += 1) {
    for (let x = 0; x < modules; x += 1) {
      if (code.isDark(y, x)) way += "M" + (x + QUIET) + " " + (y + QUIET) + "h1v1h-1z";
    }
  }
  path.setAttribute("d", way);
  picture.setAttribute("viewBox", "0 0 " + (modules + 2 * QUIET) + " " + (modules + 2 * QUIET));
  picture.setAttribute("shape-rendering", "crispEdges");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", "本页网址的二维码");
  picture.appendChild(path);
  return picture;
}

function showCode() {
  if (codeBox.showModal) codeBox.showModal();
  else codeBox.setAttribute("open", "");
}

function shutCode() {
  if (codeBox.close) codeBox.close();
  else codeBox.removeAttribute("open");
  asker.focus();
}

codeBox.setAttribute("aria-label", "二维码");
const lines = element("p", "cp-code-address");
said.replace(/([^/:]\/)/g, "$1\n").split("\n").forEach(function (piece, nth) { // no line of the address ends within a name
  if (nth) lines.append(element("wbr"));
  lines.append(piece);
});
codeBox.append(drawn(said), element("p", "cp-code-words", "用手机扫一扫，就在手机上看这一页"), lines);
codeBox.appendChild(button("cp-code-shut", "关闭", shutCode));
codeBox.addEventListener("click", function (event) { if (event.target === codeBox) shutCode(); });
document.body.appendChild(codeBox);
asker.addEventListener("click", showCode);
showCode();
