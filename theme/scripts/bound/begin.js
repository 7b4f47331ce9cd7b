/* What the page 选编 calls when all of this is loaded. */

window.casepressBound = { bound: bound, overWire: overWire, amongFiles: amongFiles };
