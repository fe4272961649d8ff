import type { INodeProperties } from 'n8n-workflow';

/** The form of an option that is a group, with other members in place of each of its own, such as a notice before it. */
export const withMembers = (
  derived: INodeProperties,
  membersFor: (member: INodeProperties) => INodeProperties[],
): INodeProperties => ({
  ...derived,
  options: derived.options?.map((section) =>
    'values' in section
      ? { ...section, values: section.values.flatMap((member) => membersFor(member)) }
      : section,
  ),
});
