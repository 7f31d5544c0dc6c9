import { calleeOf, isMember, memberName } from '../../../workspace/syntax/nodes.ts';
import { walk } from '../../../workspace/syntax/walk.ts';
import type { RepositoryRule } from '../repository-rule.ts';

const rule: RepositoryRule = {
  id: 'errors',
  title: 'what answers an error that nobody catches',
  kinds: ['error-unhandled'],
  async see({ facts, modules, isOwn }) {
    // Fastify's own handler answers the text of whatever was thrown; that of other frameworks does not.
    const fastify = facts.frameworks.find((framework) => framework.package === 'fastify');
    if (fastify === undefined) return { seen: [] };
    const { paths, text, file } = await modules();
    for (const path of paths) {
      if (!isOwn(path) || !text(path)?.includes('setErrorHandler')) continue;
      const parsed = file(path);
      let isSet = false;
      if (parsed !== null)
        walk(parsed.program, {
          enter(node) {
            const callee = node.type === 'CallExpression' ? calleeOf(node) : null;
            if (isMember(callee) && memberName(callee) === 'setErrorHandler') isSet = true;
          },
        });
      if (isSet) return { seen: [] };
    }
    const { location, snippet, known } = fastify;
    return {
      seen: [
        {
          ...{ location, known, kind: 'error-unhandled', name: 'Fastify' },
          ...(snippet !== undefined && { snippet }),
        },
      ],
    };
  },
};

export default rule;
