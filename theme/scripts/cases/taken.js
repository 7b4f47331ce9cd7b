/* The cases that are listed, to take along as a table: all columns of data/cases.json where it can be fetched, and from a
   disk, where it cannot, what the list knows. */

const OBEYED = /^[=+\-@\t\r\n＝＋－＠]/; // what a spreadsheet takes for a formula (records/commas.py)
const taking = page.querySelector(".cp-taken"), took = element("p", "cp-took");

function commas(rows) {
  return "\ufeff" + rows.map(function (row) {
    return row.map(function (cell) {
      const text = OBEYED.test(cell) ? "'" + cell : cell;
      return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
    }).join(",") + "\r\n";
  }).join("");
}

/* The listed cases in their order, as {fields: [{name, label}], cases: [{name: text or texts}]}. */
function listed() {
  return casepress.search(state.q, options(0, Infinity, false)).then(function (result) {
    const home = new URL("../", new URL(result.hits[0].url, location.href));
    if (!/^http/.test(location.protocol)) return known(result.hits);
    return fetch(new URL("data/cases.json", home)).then(function (answer) {
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.json();
    }).then(function (whole) {
      const byId = new Map(whole.cases.map(function (each) { return [each.id, each]; }));
      return { fields: whole.fields, cases: result.hits.map(function (hit) { return byId.get(hit.id); }).filter(Boolean) };
    }).catch(function () { return known(result.hits); });
  });
}

function known(some) {
  const fields = [{ name: "id", label: "编号" }, { name: "title", label: "标题" }];
  facets().forEach(function (field) { fields.push({ name: field.name, label: field.label }); });
  fields.push({ name: "url", label: "网址" });
  return {
    fields: fields,
    cases: some.map(function (hit) {
      const made = { id: hit.id, title: hit.title };
      facets().forEach(function (field) { if (hit.values[field.name]) made[field.name] = hit.values[field.name].split(" › ").join(""); });
      made.url = "cases/" + hit.id + ".html";
      return made;
    })
  };
}

function saved(name, type, data) {
  const link = asFile("", undefined, name, type, data);
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
}

function take(kind) {
  took.textContent = "正在准备……";
  return listed().then(function (found) {
    const rows = [found.fields.map(function (field) { return field.label; })].concat(found.cases.map(function (each) {
      return found.fields.map(function (field) { return [].concat(each[field.name] || []).join("、"); });
    }));
    if (kind === "xlsx") saved("cases.xlsx", WORKBOOK, workbook(rows));
    else if (kind === "csv") saved("cases.csv", "text/csv", commas(rows));
    else saved("cases.json", "application/json", JSON.stringify(found, null, 1) + "\n");
    took.textContent = "清单做好了，共 " + figure(found.cases.length) + " 个案例，在浏览器的下载里。";
  }).catch(function () { took.textContent = "没有做成，请刷新页面再试一次。"; });
}

/* The buttons say how many cases they take. */
function drawTaken(total) {
  if (!took.parentNode) {
    taking.querySelectorAll("button").forEach(function (each) {
      each.addEventListener("click", function () { take(each.getAttribute("data-take")); });
    });
    took.setAttribute("role", "status");
    taking.appendChild(took);
  }
  took.textContent = "";
  taking.hidden = !total;
  taking.querySelectorAll("button").forEach(function (each) {
    each.textContent = "下载这 " + figure(total) + " 个案例的清单（" + each.getAttribute("data-as") + "）";
  });
}
