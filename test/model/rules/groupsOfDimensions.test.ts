import { describe, expect, it } from 'vitest';
import {
  diagnosticsOf,
  expectFault,
  miniWorkspace,
  withChange,
  withFile,
} from '../../support/definitions.ts';

const list = 'data/classifications/ligner.yaml';
const dimension = 'kpi-definitions/dimensions/kommune.yaml';

const files = (of: string, groups = '[ligner]') =>
  withFile(
    list,
    `classification: ligner
label: { da: Ligner, en: Like }
members:
  - { code: "101", label: { da: Som København, en: Like Copenhagen }${of} }
`,
    withChange(dimension, 'hierarchies:', `groups: ${groups}\nhierarchies:`, miniWorkspace),
  );

describe('groups of a dimension', () => {
  it('are lists of its finest members, dated or not', () => {
    expect(diagnosticsOf(files(', of: ["101", "751"]'))).toEqual([]);
    expect(
      diagnosticsOf(
        files(
          ', of: [{ members: ["101"], valid_to: 2025-12-31 }, { members: ["101", "751"], valid_from: 2026-01-01 }]',
        ),
      ),
    ).toEqual([]);
  });

  it('name members that there are, each once', () => {
    const one = files(', of: ["101", "751"]');
    const { hint } = expectFault('unknown-code', list, '"101", "751"', '"101", "⟦752⟧"', one);
    expect(hint).toBe('did you mean "751"?');
    expectFault('named-twice', list, '["101", "751"]', '["101", "⟦101⟧"]', one);
    expectFault('group-without-members', list, 'code: "101"', 'code: "⟦101⟧"', files(''));
  });

  it('have one list on a day', () => {
    const codes = diagnosticsOf(files(', of: [{ members: ["101"] }, { members: ["751"] }]')).map(
      ({ code }) => code,
    );
    expect(codes).toEqual(['overlapping-validity']);
  });

  it('are levels of their own', () => {
    expectFault('unknown-level', dimension, '[ligner]', '[⟦lignar⟧]', files(', of: ["101"]'));
    expectFault('named-twice', dimension, '[ligner]', '[⟦region⟧]', files(', of: ["101"]'));
  });
});
