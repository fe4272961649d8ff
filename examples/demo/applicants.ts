import type { WorkflowJson } from '../../engine';

/** One entry of the workflow's "Applicants" node. */
export interface Applicant {
  application_id: string;
  user_id: string;
  name: string;
}

/** The applicants written down in the workflow. Throws when it has no such node. */
export function readApplicants(workflow: WorkflowJson): Applicant[] {
  const { applicants } = JSON.parse(String(applicantsNode(workflow).parameters.jsonOutput)) as {
    applicants: Applicant[];
  };
  return applicants;
}

/** The same workflow for these applicants. */
export function withApplicants(workflow: WorkflowJson, applicants: Applicant[]): WorkflowJson {
  const node = applicantsNode(workflow);
  const parameters = { ...node.parameters, jsonOutput: JSON.stringify({ applicants }) };
  return {
    ...workflow,
    nodes: workflow.nodes.map((other) => (other === node ? { ...node, parameters } : other)),
  };
}

function applicantsNode({ nodes }: WorkflowJson) {
  const node = nodes.find(({ name }) => name === 'Applicants');
  if (!node) throw new Error('The workflow has no node named "Applicants"');
  return node;
}
