/* The text of a case, taken from its own page: fetched from a server; from a disk, told by the page itself in a frame. */

const WAIT = 20000; // milliseconds for one page
const texts = new Map();

function addressOf(id) {
  return HOME + "cases/" + encodeURIComponent(id) + ".html";
}

function overWire(address) {
  return fetch(address).then(function (answer) {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.text();
  });
}

function throughFrame(address) {
  return new Promise(function (resolve, reject) {
    const frame = element("iframe");
    const timer = setTimeout(function () { end(); reject(new Error("late")); }, WAIT);
    function hear(event) {
      if (event.source !== frame.contentWindow || !event.data || typeof event.data.casepress !== "string") return;
      end();
      resolve(event.data.casepress);
    }
    function end() {
      clearTimeout(timer);
      window.removeEventListener("message", hear);
      frame.remove();
    }
    window.addEventListener("message", hear);
    frame.addEventListener("load", function () { frame.contentWindow.postMessage("casepress: case", "*"); });
    frame.hidden = true;
    frame.tabIndex = -1;
    frame.src = address;
    document.body.appendChild(frame);
  });
}

/* A case as an element of a document of its own, in which nothing runs; one at a time, each once. Rejected where there is none. */
let before = Promise.resolve();
function caseOf(id) {
  if (!texts.has(id)) {
    const read = location.protocol === "file:" ? throughFrame : overWire;
    const made = before.then(function () { return read(addressOf(id)); }).then(function (html) {
      const found = new DOMParser().parseFromString(html, "text/html").querySelector(".cp-case");
      if (!found) throw new Error("no case");
      return found;
    });
    before = made.catch(function () { texts.delete(id); });
    texts.set(id, made);
  }
  return texts.get(id);
}
