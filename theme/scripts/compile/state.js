/* What is shown: the parts of the page, the compilation, and where a change of it goes. */

const desk = document.querySelector(".cp-desk"), paper = document.querySelector(".cp-compiled");
const list = desk.querySelector(".cp-chosen"), none = desk.querySelector(".cp-none"), does = desk.querySelector(".cp-does");
const form = desk.querySelector(".cp-cover-line"), told = desk.querySelector(".cp-told"), how = desk.querySelector(".cp-how");
const sharedNote = desk.querySelector(".cp-shared");
let redraw = function () {}; // the list anew, when it is there
let shown = empty(), isShared = false;

function tell(words) {
  told.textContent = words;
}

/* From a disk some browsers refuse; then the address stays as it was. */
function writeAddress(words) {
  try {
    history.replaceState(null, "", location.pathname + location.search + words);
  } catch (reason) {
    // the compilation itself is not lost
  }
}

/* What is changed goes where the compilation came from: into the basket, or into the address. */
function change(parts) {
  shown = Object.assign({}, shown, parts);
  paper.textContent = "";
  if (isShared) writeAddress(fragment(shown));
  else keep(shown);
  redraw();
}
