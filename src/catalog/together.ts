/**
 * What several things that are under way come to. Where one fails the others end before that is told, so that nothing
 * still uses what is closed then.
 */
export async function together<const Values extends readonly unknown[]>(
  underWay: {
    readonly [At in keyof Values]: Promise<Values[At]>;
  },
): Promise<{ -readonly [At in keyof Values]: Values[At] }> {
  await Promise.allSettled(underWay);
  return Promise.all(underWay) as Promise<{ -readonly [At in keyof Values]: Values[At] }>;
}
