/* One PDF of all that was chosen, bound here in the browser of the PDFs that the site has of each case. What that takes is loaded
   only when somebody asks for it. */

const binding = desk.querySelector(".cp-binding"), assets = does.dataset.binds;
let isStopped = false;

function loaded(name) {
  return new Promise(function (resolve, reject) {
    const made = element("script");
    made.src = assets + name;
    made.addEventListener("load", resolve);
    made.addEventListener("error", function () { reject(new Error(name + " 没有取到")); });
    document.head.appendChild(made);
  });
}

let ready = null;
function getReady() {
  ready = ready || Promise.all([loaded("pdf-lib.js"), loaded("letters.js")]).then(function () { return loaded("bound.js"); });
  return ready.catch(function (reason) { ready = null; throw reason; });
}

/* A name without the marks and spaces between its parts: 山东省 › 烟台市 is 山东省烟台市. */
function solid(text) {
  return text.trim().replace(/\s*›\s*/g, "").replace(/([^\x00-\x7f])\s+(?=[^\x00-\x7f])/g, "$1");
}

/* The cases with what the volume says of them and where their PDFs are; those without are null. */
function entriesOf(said) {
  return Promise.all(said.cases.map(function (each) {
    return caseOf(each.id).then(function (found) {
      const link = found.querySelector("a.cp-of-case"), head = found.querySelector(".cp-case-head");
      const unit = head.querySelector(".cp-unit") || head.querySelector(".cp-place");
      if (!link) throw new Error("no PDF");
      return {
        id: each.id, title: found.querySelector("h1").textContent, unit: unit ? solid(unit.textContent) : "",
        pdf: new URL(link.getAttribute("href"), addressOf(each.id)).href
      };
    }).catch(function () { return null; });
  }));
}

function saveAs(bytes, name) {
  const file = name.replace(/[\\/:*?"<>|\s]+/g, " ").trim() + ".pdf", link = asFile("cp-download", "再存一次", file, "application/pdf", bytes);
  binding.appendChild(link);
  link.click();
}

function watched(done, all, name) {
  binding.firstChild.textContent = done < all ? "正在装订第 " + (done + 1) + " 个，共 " + figure(all) + " 个：" + name : "正在写成一个文件……";
  binding.querySelector("progress").value = done / all;
  return !isStopped;
}

function bindFrom(read) {
  const mine = shown, about = paper.dataset, title = mine.title || about.collection + "选编";
  isStopped = false;
  binding.textContent = "";
  binding.appendChild(element("p", "", "正在准备……"));
  binding.appendChild(element("progress")).setAttribute("aria-label", "装订进度");
  binding.appendChild(button("cp-does-less", "停下", function () { isStopped = true; }));
  return Promise.all([entriesOf(mine), getReady()]).then(function (found) {
    const entries = found[0].filter(Boolean), without = mine.cases.filter(function (each, at) { return !found[0][at]; });
    if (!entries.length) throw new Error("选的案例都没有 PDF");
    const from = ["选自《" + about.collection + "》"].concat(about.publisher || []);
    const said = { title: title, sub: mine.sub, from: from, author: about.publisher || "" };
    return window.casepressBound.bound(entries, said, read(), watched).then(function (made) {
      binding.textContent = "";
      if (!made) return binding.appendChild(element("p", "", "停下了，没有存文件。"));
      const left = made.lost.concat(without.map(function (each) { return (each.title || each.id) + "（没有 PDF）"; }));
      binding.appendChild(element("p", "", "装订好了，共 " + figure(made.pages) + " 页，在浏览器的下载里。"));
      if (left.length) binding.appendChild(element("p", "cp-note", "有 " + left.length + " 个案例没有装进去：" + left.join("；")));
      if (made.pictures.length) binding.appendChild(element("p", "cp-note", "封面上有网站没有字体的字，那一行是画上去的：" + made.pictures.join("；")));
      saveAs(made.bytes, title);
    });
  }).catch(function (reason) {
    binding.textContent = "";
    binding.appendChild(element("p", "", "没有装成：" + reason.message + "。请再试一次，或者用“打印”。"));
  });
}

/* From a disk a page may not read files by itself: the reader shows it the folder. */
function askForFolder() {
  const label = element("label", "", "浏览器不许网页自己读磁盘上的文件。请选中案例库里的 books 文件夹里的 cases 文件夹："), field = element("input");
  binding.textContent = "";
  field.type = "file";
  field.webkitdirectory = field.multiple = true;
  field.addEventListener("change", function () {
    const files = Array.from(field.files);
    if (files.length) bindFrom(function () { return window.casepressBound.amongFiles(files); });
  });
  label.appendChild(field);
  binding.appendChild(label);
  field.focus();
}

function bindAll() {
  binding.hidden = false;
  if (location.protocol === "file:") askForFolder();
  else bindFrom(function () { return window.casepressBound.overWire; });
  binding.scrollIntoView({ block: "nearest" }); // below a long list it would work unseen
}
