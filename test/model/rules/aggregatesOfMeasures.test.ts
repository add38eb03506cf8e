import { describe, expect, it } from 'vitest';
import { expectFault, withChange } from '../../support/definitions.ts';

const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';

describe('aggregates of measures', () => {
  it('read a source that there is', () => {
    const { hint } = expectFault(
      'unknown-source',
      ledige,
      'source: star.ledighed',
      'source: ⟦star.ledighet⟧',
    );
    expect(hint).toBe('did you mean "star.ledighed"?');
  });

  it('are said', () => {
    expectFault(
      'aggregate-missing',
      ledige,
      '  ledige:\n    source: star.ledighed\n    sum: fuldtidspersoner\n',
      '  ⟦ledige⟧:\n    source: star.ledighed\n',
    );
  });

  it('are said once', () => {
    const { message } = expectFault(
      'aggregate-twice',
      ledige,
      '  ledige:\n    source: star.ledighed\n',
      '  ⟦ledige⟧:\n    source: star.ledighed\n    max: fuldtidspersoner\n',
    );
    expect(message).toContain('(sum, max)');
  });

  it('have a column that there is', () => {
    const { hint } = expectFault('unknown-column', ledige, 'sum: fuldtidspersoner', 'sum: ⟦fuldtidsperson⟧');
    expect(hint).toBe('did you mean "fuldtidspersoner"?');
  });

  it.each([
    ['kommune', 'codes'],
    ['maaned', 'periods'],
    ['ydelse', 'texts'],
  ])('do not add up %s, which holds %s', (column, held) => {
    const { message, hint } = expectFault(
      'type-mismatch',
      ledige,
      'sum: fuldtidspersoner',
      `sum: ⟦${column}⟧`,
    );
    expect(message).toContain(held);
    expect(hint).toBe('numbers are in fuldtidspersoner');
  });

  it('count what is somebody, not an amount', () => {
    const { message } = expectFault(
      'type-mismatch',
      ledige,
      'sum: fuldtidspersoner',
      'distinct: [kommune, ⟦fuldtidspersoner⟧]',
    );
    expect(message).toContain('"distinct" counts keys and codes');
    const { hint } = expectFault('unknown-column', ledige, 'sum: fuldtidspersoner', 'distinct: ⟦kommunen⟧');
    expect(hint).toBe('did you mean "kommune"?');
  });

  it.each(['mean', 'variance', 'median'])('of a %s have no mean over time', (aggregate) => {
    const files = withChange(ledige, 'sum: fuldtidspersoner', `${aggregate}: fuldtidspersoner`);
    const { hint } = expectFault(
      'over-time-impossible',
      ledige,
      'over_time: mean',
      'over_time: ⟦mean⟧',
      files,
    );
    expect(hint).toBe('write one of pooled, last, first, none, last_held, first_held');
  });

  it('that add have nothing to pool over time', () => {
    expectFault('over-time-impossible', ledige, 'over_time: mean', 'over_time: ⟦pooled⟧');
  });
});
