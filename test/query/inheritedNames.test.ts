import { describe, it } from 'vitest';
import { expectRefused } from './support.ts';

describe.each(['constructor', 'toString', 'valueOf', '__proto__'])(
  'a name that every object has, %s,',
  (name) => {
    const bad = `⟦${name}⟧`;

    it.each([
      ['unknown-kpi', { kpi: bad }],
      ['unknown-kpi', { kpi: `ledige,${bad}` }],
      ['unknown-level', { kpi: 'ledige', by: bad }],
      ['unknown-level', { kpi: 'ledige', where: `${bad} == "1"` }],
      ['unknown-level', { kpi: 'ledige', where: `${bad} > "1"` }],
      ['unknown-code', { kpi: 'ledige', where: `koen == ⟦"${name}"⟧` }],
      ['bad-period', { kpi: 'ledige', period: bad }],
      ['bad-hierarchy', { kpi: 'ledige', hierarchy: bad }],
      ['unknown-kpi', { kpi: 'ledige', order: bad }],
    ] as const)('is %s in %j', (code, typed) => {
      expectRefused(code, typed);
    });
  },
);
