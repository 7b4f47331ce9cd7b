/* The files of the index, fetched by script tags, so that a server, a sub-folder and a disk serve alike; all of one version. */

const HOME = new URL("../", document.currentScript.src).href;

const arriving = new Map();
let store = null; // promises of files by name, and of what is made of them; all of one version

function Stale(message) {
  this.message = message;
}
Stale.prototype = Object.create(Error.prototype);

function take(name, version) {
  const data = Array.prototype.slice.call(arguments, 2);
  if (arriving.has(name)) arriving.get(name)({ version: version, data: data });
}

function script(name, stamp) {
  return new Promise(function (resolve, reject) {
    const tag = document.createElement("script");
    let found = null;
    arriving.set(name, function (file) { found = file; });
    function end() {
      arriving.delete(name);
      tag.remove();
      if (found) resolve(found);
      else reject(new Error("检索数据没有读到（search/" + name + ".js），请检查网络后再试；如果一直这样，请重新生成网站"));
    }
    tag.onload = tag.onerror = end;
    tag.charset = "utf-8";
    tag.async = true;
    tag.src = HOME + "search/" + name + ".js" + (stamp ? "?" + stamp : "");
    document.head.appendChild(tag);
  });
}

/* What a maker makes, once; a failure is forgotten, so that it can be tried again. */
function once(kept, name, maker) {
  if (!kept.has(name)) {
    const made = maker();
    kept.set(name, made);
    made.catch(function () { if (kept.get(name) === made) kept.delete(name); });
  }
  return kept.get(name);
}

function opening(stamp) {
  if (!store) {
    const kept = new Map();
    store = script("base", stamp).then(function (file) { return readBase(file, kept); });
    const mine = store;
    store.catch(function () { if (store === mine) store = null; });
  }
  return store;
}

function file(base, name, read) {
  return once(base.kept, name, function () {
    return script(name, base.version).then(function (found) {
      if (found.version !== base.version) throw new Stale("网站刚刚更新过，请刷新页面");
      return read.apply(null, found.data);
    });
  });
}

/* A work with the index; where files of two versions met because the site was just rebuilt, once more from the start. */
function withBase(work) {
  return opening().then(work).catch(function (reason) {
    if (!(reason instanceof Stale)) throw reason;
    store = null;
    return opening(Date.now()).then(work);
  });
}
