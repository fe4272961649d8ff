import { PARAMETER } from './names';
import { requiredMembers, type Field } from './model';
import { fieldAt, type Path } from './path';
import { nameInApi, type NameOf, type Problem } from './rules';

/** The way to a field in the form, such as "Identity > Emails > 1 > Address"; undefined where the form has no such field. */
export function labelAt(fields: readonly Field[], path: Path): string | undefined {
  if (path.length === 0) return undefined;
  const names = path.flatMap((key, index) => {
    if (typeof key === 'number') return [String(key + 1)];
    if (key === PARAMETER.additionalFields || key === ADDITIONAL_FIELDS) return [ADDITIONAL_FIELDS];
    const field = fieldAt(fields, path.slice(0, index + 1));
    // The form shows the members of a required group among the fields around it.
    const isMembersOwn = index < path.length - 1 && field && requiredMembers(field);
    return isMembersOwn ? [] : [field?.label.name];
  });
  return names.every((name) => name !== undefined) ? names.join(' > ') : undefined;
}

const ADDITIONAL_FIELDS = 'Additional Fields';

/** Tells problems in the words of the form: with the way to each field, and fields by their labels. */
export function inFormWords(fields: readonly Field[], problems: readonly Problem[]): Problem[] {
  const nameOf: NameOf = (path) => fieldAt(fields, path)?.label.name ?? nameInApi(path);
  return problems.map(({ path, text, ...rest }) => ({
    ...rest,
    path,
    text: typeof text === 'function' ? text(nameOf) : text,
    label: labelAt(fields, path),
  }));
}
