import { describe, expect, it } from 'vitest';
import { codeListOf, matchCodes } from '../../../src/model/accounts/patterns.ts';
import { accountWorkspace } from '../../support/accounts.ts';
import { modelOf } from '../../support/definitions.ts';

const model = modelOf(accountWorkspace);
const list = codeListOf(model.classifications.funktion ?? { members: [] });
const codes = (written: string) => {
  const matched = matchCodes(written, list);
  return matched.kind === 'codes' ? matched.codes : matched;
};

describe('a pattern', () => {
  it.each([
    ['53230', ['53230']],
    ['5.32.30', ['53230']],
    ['5.32.*', ['53228', '53230']],
    ['532*', ['53228', '53230']],
    ['0.22.01..0.25.19', ['02201', '02205', '02519']],
    ['0.22.02 .. 0.25.18', ['02205']],
    ['2.*..5.*', { kind: 'empty' }],
    ['3.*..5.*', ['32201', '53228', '53230']],
    ['0.25.*..32201', ['02519', '02820', '32201']],
    ['uoplyst', ['uoplyst']],
    ['5.33.*', { kind: 'empty' }],
    ['0.23.01..0.24.99', { kind: 'empty' }],
    ['5.32.30..0.22.01', { kind: 'backwards' }],
    ['5.32.31', { kind: 'unknown', near: '53230' }],
  ])('%s', (written, expected) => {
    expect(codes(written)).toEqual(expected);
  });

  it('never means the unknown member by a beginning or a range', () => {
    expect(codes('*')).toEqual(list.codes);
    expect(list.codes).not.toContain('uoplyst');
  });

  it('keeps dots where the codes of the list have them', () => {
    const dotted = codeListOf({ members: member('5.32', '53.2') });
    expect(matchCodes('53.2', dotted)).toEqual({ kind: 'codes', codes: ['53.2'] });
    expect(matchCodes('53*', dotted)).toEqual({ kind: 'codes', codes: ['53.2'] });
    expect(matchCodes('532', dotted).kind).toBe('unknown');
  });

  it('may be another name of a code', () => {
    const [first] = member('02820');
    const aliased = codeListOf({ members: first ? [{ ...first, aliases: ['Grønne områder'] }] : [] });
    expect(matchCodes('Grønne områder', aliased)).toEqual({ kind: 'codes', codes: ['02820'] });
  });
});

function member(...all: readonly string[]) {
  const [template] = model.classifications.funktion?.members ?? [];
  if (!template) throw new Error('the chart of accounts has members');
  return all.map((code) => ({ ...template, code }));
}
