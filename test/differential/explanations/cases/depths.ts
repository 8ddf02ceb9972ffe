import { type ExplanationCase, requirements } from '../case.ts';

/** Conflicts some way below the user's lines. */
export const deepCases: readonly ExplanationCase[] = [
  {
    id: 'two-levels',
    title: 'Two levels down',
    files: requirements('s3fs==2023.12.2', 'boto3==1.35.0', 'aiobotocore<2.8', 'pyarrow'),
    more: 'The facts alone, from the lines down; nothing is concluded that the reader does not need.',
  },
  {
    id: 'otel-protobuf',
    title: 'protobuf, below an exporter',
    files: requirements('opentelemetry-exporter-otlp-proto-grpc==1.15.0', 'protobuf>=5'),
    more: 'Both ways out, with versions.',
  },
  {
    id: 'grpc-status',
    title: 'A dependency whose bounds change with the versions',
    files: requirements('grpcio-status>=1.71', 'protobuf<5'),
    more: 'Five bounds as one fact in a twentieth of the length, and what either line would have to be.',
  },
  {
    id: 'tensorflow',
    title: 'tensorflow against a new protobuf',
    files: requirements('tensorflow==2.16.2', 'grpcio-status>=1.71', 'protobuf>=6'),
    more: 'That tensorflow 2.16.2 can not be had for this Python whatever protobuf is.',
  },
  {
    id: 'old-botocore',
    title: 'boto3 and urllib3 on an old Python',
    files: requirements('boto3>=1.28,<1.34', 'urllib3>=2.1'),
    python: '3.12',
    more: 'The hundreds of versions as one fact.',
  },
  {
    id: 'sphinx-theme',
    title: 'A theme that needs a newer sphinx',
    files: requirements('sphinx<6', 'furo>=2024', 'myst-parser>=3'),
    more: 'Which of the three lines are in it, and what helps.',
  },
  {
    id: 'notebook',
    title: 'notebook and jupyterlab',
    files: requirements('jupyterlab<4', 'notebook>=7', 'ipywidgets'),
    more: 'Which lines are in it, and what helps.',
  },
  {
    id: 'langchain',
    title: 'A core that two packages share',
    files: requirements('langchain==0.1.20', 'langchain-openai>=0.3', 'langchain-core<0.2'),
    more: 'Which of the three lines are in it, and what helps.',
  },
  {
    id: 'missing-dependency',
    title: 'A dependency that the index lacks',
    files: requirements('dbt-core==1.8.0', 'dbt-duckdb', 'protobuf>=6'),
    more: 'Which version has all of its dependencies.',
  },
  {
    id: 'fastapi-pydantic',
    title: 'fastapi and an old pydantic',
    files: requirements('fastapi==0.100.0', 'pydantic<1.7'),
    more: 'Both ways out, with versions.',
  },
];
