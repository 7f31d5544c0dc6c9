export { decisionOf } from './decide.ts';
export { type Judgement, judgeStage, type Waived } from './judge.ts';
export { type Code, type Subject, shadowGates, specsOf } from './subject.ts';
