/* Light or dark. Material has a box for each and a label that is clicked; to whoever does not see them that is a riddle, so here it
   is one button that says what it does. */

const schemes = document.querySelector("[data-md-component=palette]");
const options = schemes ? Array.from(schemes.querySelectorAll(".md-option")) : [];

/* The box of the colours that are shown, and the label behind it, which says what comes next. */
function shownScheme() {
  const now = document.body.getAttribute("data-md-color-scheme");
  return options.find(function (each) { return each.checked && each.getAttribute("data-md-color-scheme") === now; }) ||
    options.find(function (each) { return each.getAttribute("data-md-color-scheme") === now; });
}

function beginScheme() {
  const turner = button("md-header__button md-icon cp-scheme", "", function () {
    document.getElementById(shownScheme().nextElementSibling.htmlFor).click();
  });
  turner.addEventListener("keydown", function (event) { event.stopPropagation(); }); // Material would turn them as well
  function draw() {
    const label = shownScheme() && shownScheme().nextElementSibling;
    if (!label || !label.firstElementChild) return;
    turner.textContent = "";
    turner.appendChild(label.firstElementChild.cloneNode(true));
    turner.title = label.title;
    turner.setAttribute("aria-label", label.title);
  }
  schemes.classList.add("cp-schemes");
  schemes.appendChild(turner);
  new MutationObserver(draw).observe(document.body, { attributes: true, attributeFilter: ["data-md-color-scheme"] });
  draw();
}

if (options.length > 1 && options.every(function (each) { return each.nextElementSibling && each.nextElementSibling.matches("label"); })) beginScheme();
