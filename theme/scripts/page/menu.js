/* The menu of narrow screens. Material opens it by a label, which no key reaches; here a button does, the focus goes in and comes
   back, and Escape leads out. What is shut is out of the way of the tabulator key by styles/menu.css. */

const drawer = document.getElementById("__drawer"), menuButton = document.querySelector(".cp-menu");
const menu = document.querySelector(".md-sidebar--primary");
const levels = menu ? Array.from(menu.querySelectorAll(".md-nav__toggle")).filter(function (each) {
  return menu.querySelector('label.md-nav__link[for="' + each.id + '"]');
}) : [];
let isFollowed = false; // whether the menu is shut because it leads to a place of this page

/* The innermost part of the menu that is open: it covers those around it. The box that opened it is its first stop, and leads back. */
function openPart() {
  const open = levels.filter(function (each) { return each.checked && getComputedStyle(each).display !== "none"; });
  return open.length ? open[open.length - 1].parentNode : menu;
}

function menuStops(part) {
  return Array.from(part.querySelectorAll(part === menu ? "a[href], .cp-level" : ":scope > .cp-level, :scope > nav a[href], :scope > nav .cp-level")).filter(function (each) {
    return each.getClientRects().length && getComputedStyle(each).visibility === "visible";
  });
}

function enter(part) {
  const stops = menuStops(part).filter(function (each) { return !each.matches(".md-logo") && each.parentNode !== part; });
  const here = stops.find(function (each) {
    return (each.matches(".cp-level") ? each.nextElementSibling : each).matches(".md-nav__link--active");
  });
  const first = here || stops[0];
  if (first) first.focus();
}

function turn(toggle, open) {
  toggle.checked = open;
  toggle.dispatchEvent(new Event("change", { bubbles: true })); // Material listens as well
}

function menuTurned() {
  menuButton.setAttribute("aria-expanded", String(drawer.checked));
  if (drawer.checked) enter(openPart()); else if (!isFollowed && menuButton.offsetParent) menuButton.focus();
  isFollowed = false;
}

function menuKey(event) {
  if (event.isComposing || !drawer.checked) return;
  const part = openPart(), stops = menuStops(part), at = stops.indexOf(document.activeElement);
  if (event.key === "Escape") {
    event.preventDefault();
    turn(drawer, false);
  } else if (event.key === "Tab" && stops.length && (at < 0 || at === (event.shiftKey ? 0 : stops.length - 1))) {
    event.preventDefault();
    stops[event.shiftKey ? stops.length - 1 : 0].focus();
  }
}

function beginMenu() {
  menu.querySelectorAll("label[tabindex]").forEach(function (each) { each.removeAttribute("tabindex"); }); // its box takes the keys
  levels.forEach(function (each) {
    each.classList.add("cp-level");
    each.addEventListener("change", function () {
      if (drawer.checked) { if (each.checked) enter(openPart()); else each.focus(); }
    });
  });
  menuButton.addEventListener("click", function () { turn(drawer, !drawer.checked); });
  drawer.addEventListener("change", menuTurned);
  document.addEventListener("keydown", menuKey);
  menu.addEventListener("click", function (event) {
    const link = event.target.closest("a[href]");
    isFollowed = Boolean(link && drawer.checked && link.hash && link.pathname === location.pathname);
    if (isFollowed) turn(drawer, false);
  });
  matchMedia("(min-width: 76.25em)").addEventListener("change", function (now) { if (now.matches && drawer.checked) turn(drawer, false); });
}

if (drawer && menuButton && menu) beginMenu();
