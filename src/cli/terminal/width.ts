import { glyphsOf, widthOf } from '../../diagnostics/columns.ts';

/** Letters of Danish and its neighbours take a column each, and are nearly all there is. */
const plain = /^[ -~\u00a1-\u00ac\u00ae-\u02ff·─…→▲▼−]*$/;

/** The columns that a text takes on a terminal. */
export function textWidth(text: string): number {
  return plain.test(text) ? text.length : widthOf(glyphsOf(text));
}
