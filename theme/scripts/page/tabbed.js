/* An address that names one of several tabs in a text opens it (pymdownx.tabbed; Material writes this into the page). */

const tabbed = document.getElementById(location.hash.slice(1));
if (tabbed && tabbed.name && tabbed.name.indexOf("__tabbed_") === 0) tabbed.checked = true;
