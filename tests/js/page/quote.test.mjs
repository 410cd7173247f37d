import assert from "node:assert/strict";
import { test } from "node:test";
import { quotation } from "../../../widgets/academy_widgets/js/page/quote.js";

const TEXT = "We meet at the gate at six\nand listen to one story of three minutes, then everybody says one thing.";

test("what is selected is quoted", () => {
  assert.equal(quotation(TEXT, " at the gate "), "“at the gate”");
});

test("without a selection in this text its beginning is quoted", () => {
  for (const selected of ["", "somewhere else on the page"])
    assert.equal(quotation(TEXT, selected), "“We meet at the gate at six and listen to one story of three minutes, …”");
});

test("a short text is quoted whole", () => {
  assert.equal(quotation("  نلتقي عند البوابة  ", ""), "“نلتقي عند البوابة”");
});
