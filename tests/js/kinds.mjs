// Says which kinds of fields and of activities each table of the front end knows.

globalThis.matchMedia = () => ({ matches: false });
globalThis.document = { addEventListener() {} };

const fields = await import("../../widgets/academy_widgets/js/form/fields/kinds.js");
const live = await import("../../widgets/academy_widgets/js/present/kinds.js");

const keys = (tables) => Object.fromEntries(Object.entries(tables).filter(([, table]) => typeof table === "object").map(([name, table]) => [name, Object.keys(table)]));
console.log(JSON.stringify({ fields: keys(fields), live: keys(live), facts: live.FACTS }));
