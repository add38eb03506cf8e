/** Functions of a module that wait for it anyway. */
type Asked<Name extends string> = Readonly<Record<Name, (...given: never[]) => Promise<unknown>>>;

/**
 * One function of a module that is loaded when it is first called. A cold start is mostly the loading of code, and
 * a question needs little of it.
 */
export function onDemand<Name extends string, Module extends Asked<Name>>(
  load: () => Promise<Module>,
  name: Name,
): Module[Name] {
  const call = async (...given: never[]): Promise<unknown> => (await load())[name](...given);
  return call as Module[Name];
}
