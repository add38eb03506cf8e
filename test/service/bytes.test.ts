import { describe, expect, it } from 'vitest';
import { bytesInMemory, bytesOfSize } from '../../src/service/bytes.ts';

describe('bytes in memory', () => {
  it('are those beneath typed arrays, wherever they stand', () => {
    const runs = new Map([['2026M01', { columns: { antal: new Float64Array(3) } }]]);
    expect(bytesInMemory({ source: 'proeve', grains: [{ runs }], codes: ['101'], none: null })).toBe(24);
  });

  it('count once what several arrays share, and what goes in a circle', () => {
    const whole = new Uint8Array(100);
    const circle: { narrow: Uint8Array; self?: object } = { narrow: whole.subarray(10, 20) };
    circle.self = circle;
    expect(bytesInMemory([circle, whole, new Uint16Array(whole.buffer, 0, 2), circle])).toBe(100);
  });
});

describe('a size', () => {
  it('is written as people write it, or as a number of bytes', () => {
    expect([bytesOfSize(7), bytesOfSize('1.5GB'), bytesOfSize('2MiB')]).toEqual([7, 1.5e9, 2 * 2 ** 20]);
    expect(() => bytesOfSize('0GB')).toThrow('"0GB" is a size');
  });
});
