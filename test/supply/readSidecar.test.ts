import { describe, expect, it } from 'vitest';
import { readSidecar } from '../../src/supply/readSidecar.ts';
import { expectDiagnostic, marked } from '../support/marked.ts';

const file = 'data/deliveries/star.csv.receipt.yaml';

describe('readSidecar', () => {
  it('reads when a delivery came and from whom, in UTC', () => {
    const text =
      'received: "2026-08-19T07:03:20+02:00"\nsender: STAR\nnote: First of three\nsynthetic: true\n';
    expect(readSidecar(file, text)).toEqual({
      value: {
        received: '2026-08-19T05:03:20.000Z',
        sender: 'STAR',
        note: 'First of three',
        synthetic: true,
      },
      diagnostics: [],
    });
  });

  it('needs the time only', () => {
    expect(readSidecar(file, 'received: 2026-08-19T05:03Z').value).toEqual({
      received: '2026-08-19T05:03:00.000Z',
      sender: null,
      note: null,
      synthetic: false,
    });
  });

  it.each([
    ['bad-receipt', 'received: "⟦2026-08-19⟧"'],
    ['bad-receipt', 'received: "⟦2026-08-19T05:03:20⟧"'],
    ['bad-receipt', 'received: "⟦2026-02-31T05:03:20Z⟧"'],
    ['bad-receipt', 'received: "⟦2026-13-01T05:03:20Z⟧"'],
    ['bad-receipt', 'received: "⟦i går⟧"'],
    ['bad-receipt', 'received: "2026-08-19T05:03:20Z"\nsynthetic: ⟦maybe⟧'],
    ['bad-receipt', 'received: "2026-08-19T05:03:20Z"\nsender: ⟦7⟧'],
    ['unknown-key', 'received: "2026-08-19T05:03:20Z"\n⟦sendr⟧: STAR'],
    ['bad-receipt', '⟦sender⟧: STAR'],
    ['yaml-syntax', 'received: "2026-08-19T05:03:20Z⟦⟧'],
    ['anchor-not-allowed', 'received: ⟦&a⟧ "2026-08-19T05:03:20Z"'],
    ['empty-file', '⟦⟧'],
  ] as const)('says %s of %j', (code, text) => {
    const bad = marked(text);
    const { value, diagnostics } = readSidecar(file, bad.text);
    expect(value).toBeUndefined();
    expectDiagnostic(diagnostics, code, bad);
  });

  it('says near names and what to write', () => {
    expect(readSidecar(file, 'received: "2026-08-19T05:03:20Z"\nsendr: STAR').diagnostics[0]?.hint).toBe(
      'did you mean "sender"?',
    );
    expect(readSidecar(file, 'sender: STAR').diagnostics[0]?.hint).toBe(
      'write it like: received: "2026-08-19T05:03:20Z"',
    );
  });
});
