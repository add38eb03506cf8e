import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateCondition } from '../../src/formula/evaluate.ts';
import { loadParser } from '../../src/formula/parse.ts';
import { compareCodes } from '../../src/model/codeOrder.ts';
import { expandCodeRanges } from '../../src/model/codeRanges.ts';

const parse = await loadParser();
const ages = ['9', '10', '80', '81', '100', '101', '9'];

/** Which of the ages a condition lets through. */
function through(text: string, codes: readonly string[] = ages): readonly string[] {
  const { value } = parse(text, { file: 'where', start: 0 });
  if (!value) throw new Error(`${text} does not parse`);
  const expanded = expandCodeRanges(value, (name) => (name === 'alder' ? codes : null));
  const taken = [...codes, 'uoplyst'].filter((code) => evaluateCondition(expanded, () => code) === true);
  return [...new Set(taken)];
}

describe('ranges of codes', () => {
  it.each([
    ['alder >= "80"', ['80', '81', '100', '101']],
    ['alder > "80"', ['81', '100', '101']],
    ['alder < "80"', ['9', '10']],
    ['alder <= "80"', ['9', '10', '80']],
    ['"80" <= alder', ['80', '81', '100', '101']],
    ['"80" > alder', ['9', '10']],
    ['alder >= "80" and alder <= "100"', ['80', '81', '100']],
    ['not (alder >= "80")', ['9', '10', 'uoplyst']],
    ['alder > "500"', []],
    ['alder == "9" or alder > "100"', ['9', '101']],
    ['alder != "9"', ['10', '80', '81', '100', '101', 'uoplyst']],
  ])('%s lets %j through', (text, codes) => {
    expect(through(text)).toEqual(codes);
  });

  it('hold what lies on their side in the order of codes', () => {
    const code = fc.stringMatching(/^[0-9]{1,3}$|^[a-c0-9]{1,3}$/);
    const operator = fc.constantFrom('<', '<=', '>', '>=');
    fc.assert(
      fc.property(
        fc.uniqueArray(code, { minLength: 1, maxLength: 6 }),
        code,
        operator,
        (codes, limit, sign) => {
          const holds = { '<': [-1], '<=': [-1, 0], '>': [1], '>=': [0, 1] }[sign] ?? [];
          const wanted = codes.filter((each) => holds.includes(Math.sign(compareCodes(each, limit))));
          expect(through(`alder ${sign} "${limit}"`, codes)).toEqual(wanted);
        },
      ),
    );
  });

  it('are left alone where there are no codes', () => {
    const { value } = parse('navn >= "b" and alder > other and 1 < 2', { file: 'where', start: 0 });
    expect(value && expandCodeRanges(value, (name) => (name === 'alder' ? ages : null))).toEqual(value);
  });
});
