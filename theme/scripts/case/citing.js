/* What is copied of a case: its citation with the day and the address, or its address; and sharing where the system offers it. */

function addressHere() {
  const canonical = document.querySelector('link[rel="canonical"]');
  return canonical ? canonical.href : location.protocol === "file:" ? "" : location.href.split(/[?#]/)[0];
}

function citation() {
  const said = document.querySelector(".cp-cite-text").textContent.trim(), now = new Date(), address = addressHere();
  const day = [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
  const at = said.indexOf(". http");
  const words = (at < 0 ? said : said.slice(0, at + 1)).replace(/\.$/, "");
  return words + "[" + day + "]." + (address ? " " + address + "." : "");
}

function copy(words, told) {
  function done() { told.textContent = "已复制"; }
  function byHand() {
    const field = element("textarea", "cp-copied");
    field.value = words;
    document.body.appendChild(field);
    field.select();
    const is = document.execCommand("copy");
    field.remove();
    told.textContent = is ? "已复制" : "没有复制成，请选中文字复制";
  }
  told.textContent = "";
  if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(words).then(done, byHand);
  else byHand();
}

/* The library that draws codes is loaded when it is asked for; from then on it answers the button itself. */
function askForCode(told) {
  const own = document.querySelector('script[src*="assets/marks.js"]'), script = element("script");
  let asked = false;
  return function () {
    if (asked) return;
    asked = true;
    script.src = own.src.replace("assets/marks.js", "assets/code.js");
    script.addEventListener("error", function () { told.textContent = "二维码没有装好，请刷新页面再试"; });
    document.head.appendChild(script);
  };
}

function acts() {
  const place = document.querySelector(".cp-cite-text");
  if (!place) return;
  const row = element("div", "cp-acts"), told = element("span");
  told.setAttribute("role", "status");
  row.appendChild(button("", "复制引用", function () { copy(citation(), told); }));
  if (addressHere()) {
    row.appendChild(button("", "复制网址", function () { copy(addressHere(), told); }));
    if (navigator.share) row.appendChild(button("", "分享", function () {
      navigator.share({ title: document.title, url: addressHere() }).catch(function () {});
    }));
  }
  if (document.querySelector('link[rel="canonical"]')) row.appendChild(button("cp-code-asker", "二维码", askForCode(told)));
  row.appendChild(told);
  place.insertAdjacentElement("afterend", row);
}

acts();
