/* Opened from disk (file:), a browser starts no worker. This gives the page a Worker that runs its script in a hidden
   frame instead, so that the search of Material for MkDocs works by double-click. The worker's script asks whether its
   parent knows `IFrameWorker`, hence the name. */
(function () {
  "use strict";
  if (location.protocol !== "file:") return;

  class IFrameWorker extends EventTarget {
    constructor(url) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      frame.title = "search";
      document.body.appendChild(frame);
      const inside = frame.contentWindow;
      inside.document.open();
      inside.document.write("<!doctype html><title>search</title>");
      inside.document.close();
      const load = (src) => new Promise((done, failed) => {
        const script = inside.document.createElement("script");
        script.onload = () => done();
        script.onerror = () => failed(new Error(src));
        script.src = new URL(src, document.baseURI).href;
        inside.document.head.appendChild(script);
      });
      inside.importScripts = (...all) => all.reduce((before, src) => before.then(() => load(src)), Promise.resolve());
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      this.inside = inside;
      this.frame = frame;
      this.ready = load(url);
    }
    postMessage(data) {
      this.ready.then(() => this.inside.dispatchEvent(new MessageEvent("message", { data })));
    }
    terminate() {
      this.frame.remove();
    }
  }
  window.IFrameWorker = window.Worker = IFrameWorker;
})();
