// Says what the form in a file finds wrong: reads cases as JSON, writes the problems of each.
import { readFile } from "node:fs/promises";
import { findProblems } from "../../widgets/academy_widgets/js/form/offline/checks.js";
import { Refs } from "../../widgets/academy_widgets/js/form/values/refs.js";
import { isShown } from "../../widgets/academy_widgets/js/form/values/shown.js";
import { translator } from "../../widgets/academy_widgets/js/form/texts.js";

const { texts, cases } = JSON.parse(await readFile("/dev/stdin", "utf8"));
const t = translator(texts);

function problems({ fields, options, values }) {
  const get = (path) => values[path] ?? null;
  const refs = new Refs(fields, { options }, { get }, t, "en");
  const asked = (field, table, row) => isShown({ fields, get }, field, table, row);
  return findProblems(fields, { t, get, asked, options: refs.of.bind(refs) });
}

process.stdout.write(JSON.stringify(cases.map(problems)));
