import { describe, expect, it } from 'vitest';
import { diagnosticsOf, miniText, withFile } from '../../support/definitions.ts';
import { expectDiagnostic, marked } from '../../support/marked.ts';

const folketal = 'kpi-definitions/befolkning/folketal.yaml';

describe('names of measures', () => {
  it.each(['⟦folke-tal⟧', '"⟦2026⟧"', '⟦dst.folketal⟧', '"⟦a b⟧"'])(
    'cannot be %s, which no formula can say',
    (name) => {
      const own = '{ source: dst.folketal, sum: personer, unit: borger, over_time: last }';
      const text = miniText(folketal).replace('measures:\n', `measures:\n  ${name}: ${own}\n`);
      const place = marked(text);
      const found = diagnosticsOf(withFile(folketal, place.text));
      expectDiagnostic(found, 'invalid-value', place);
      // What no formula can say, no formula uses.
      expect(found.map(({ code }) => code)).toEqual(['invalid-value', 'unused-measure']);
    },
  );

  it('may have Danish letters', () => {
    const text = miniText(folketal)
      .replaceAll(/(?<!\.)folketal/g, 'ældre_2')
      .replace('kpi: befolkning.ældre_2', 'kpi: befolkning.folketal');
    expect(text).toContain('formula: ældre_2');
    expect(diagnosticsOf(withFile(folketal, text))).toEqual([]);
  });
});
