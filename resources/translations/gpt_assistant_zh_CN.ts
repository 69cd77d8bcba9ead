<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>gpt_assistant</name>
    <message>
        <location filename="../../gpt_assistant/app.py"/>
        <source>What was learnt is forgotten.</source>
        <translation>已忘记学到的内容。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/app.py"/>
        <source>Another window of this program does not answer; this one works on its own.</source>
        <translation>本程序的另一窗口没有响应；此窗口将独立运行。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/app.py"/>
        <source>What was learnt could not be deleted: {why}</source>
        <translation>无法删除学到的内容：{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/commands/measure/documents.py"/>
        <source>It cannot be used here ({why}).</source>
        <translation>它在这里无法使用（{why}）。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/commands/remote.py"/>
        <location filename="../../gpt_assistant/features/remote_requests.py"/>
        <source>“Stay offline” is on. Switch it off to use a server.</source>
        <translation>“保持离线”已开启。请关闭后再使用服务器。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/connections.py"/>
        <source>{host} was not contacted: nobody asked for it.</source>
        <translation>未连接 {host}：没有人要求这样做。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/connections.py"/>
        <source>{host} was not contacted: “Stay offline” is on.</source>
        <translation>未连接 {host}：“保持离线”已打开。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/connections.py"/>
        <source>Nothing was contacted: “Stay offline” is on.</source>
        <translation>未建立任何连接：“保持离线”已打开。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/connections.py"/>
        <source>nobody asked for it</source>
        <translation>没有人要求</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/added_torch.py"/>
        <source>The PyTorch in {folder} does not work here ({why}); the one for the CPU is used.</source>
        <translation>{folder} 中的 PyTorch 无法在此使用（{why}）；改用 CPU 版本。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/added_torch.py"/>
        <source>The PyTorch in {folder} is not for Python {version}: `gpt-assistant torch install` renews it.</source>
        <translation>{folder} 中的 PyTorch 不适用于 Python {version}：可用 `gpt-assistant torch install` 更新。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/chat.py"/>
        <source>The chat template of the model in {folder} cannot be read ({why}). Remove the model and fetch it again.</source>
        <translation>无法读取 {folder} 中模型的对话模板（{why}）。请删除该模型并重新下载。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/chat_template.py"/>
        <source>it is far too long</source>
        <translation>它太长了</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/chat_template.py"/>
        <source>its text grows without end</source>
        <translation>它的文本无限增长</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/chat_template.py"/>
        <source>it does not come to an end</source>
        <translation>它不会结束</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/convert.py"/>
        <source>Reading the vocabulary (about a minute)</source>
        <translation>正在读取词表（约一分钟）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/convert.py"/>
        <source>Reading the vocabulary</source>
        <translation>正在读取词表</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/convert.py"/>
        <source>Model converted</source>
        <translation>模型转换完成</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/convert.py"/>
        <source>Preparing the model (only this once, some minutes)</source>
        <translation>正在准备模型（仅此一次，需要几分钟）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/convert.py"/>
        <source>Preparing the model (only this once)</source>
        <translation>正在准备模型（仅此一次）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/devices.py"/>
        <source>This machine has no device &quot;{device}&quot;. Set the device to auto or cpu.</source>
        <translation>本机没有设备“{device}”。请将设备设为“自动”或“CPU”。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/downloading.py"/>
        <source>Fetching {name}: {done:.0f} of {total:.0f} MB</source>
        <translation>正在下载 {name}：{done:.0f}/{total:.0f} MB</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/downloading.py"/>
        <location filename="../../gpt_assistant/ui/machine.py"/>
        <source>Fetching {name}</source>
        <translation>正在下载 {name}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/downloading.py"/>
        <source>Fetching {name}: {done:.0f} of {total:.0f} MB, {speed:.1f} MB/s, {left:.0f} s left</source>
        <translation>正在获取 {name}：{done:.0f} / {total:.0f} MB，{speed:.1f} MB/s，还需 {left:.0f} 秒</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/downloading.py"/>
        <source>Fetching {name}: {done:.0f} of {total:.0f} MB, {speed:.1f} MB/s, {left:.0f} min left</source>
        <translation>正在获取 {name}：{done:.0f} / {total:.0f} MB，{speed:.1f} MB/s，还需 {left:.0f} 分钟</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/downloading.py"/>
        <source>the connection broke off, what has come is kept</source>
        <translation>连接中断，已获取的部分会保留</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/downloading.py"/>
        <source>its certificate cannot be trusted</source>
        <translation>其证书不可信</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/downloading.py"/>
        <source>the server answers {code}</source>
        <translation>服务器返回 {code}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/fetch.py"/>
        <source>The download of {name} was cut short or altered and has been removed: please try again.</source>
        <translation>{name} 的下载不完整或被改动，已将其删除：请重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/fetch.py"/>
        <source>pip ended without a reason</source>
        <translation>pip 无故结束</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/fetch.py"/>
        <source>the package was altered on its way</source>
        <translation>软件包在传输途中被改动</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/fetch.py"/>
        <source>the package index could not be reached, or does not have it</source>
        <translation>无法连接软件包索引，或其中没有该软件包</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/fetch.py"/>
        <source>pip said: {text}</source>
        <translation>pip 提示：{text}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/fetch.py"/>
        <source>“Stay offline” is on, so nothing more was fetched: turn it off and try again.</source>
        <translation>“保持离线”已打开，因此不再获取：请关闭它后重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/fetch.py"/>
        <source>fetching {name}</source>
        <translation>获取 {name}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/fetch.py"/>
        <source>pip is missing from this Python, `python -m ensurepip` installs it</source>
        <translation>此 Python 中没有 pip，可用 `python -m ensurepip` 安装</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/fetch.py"/>
        <source>the hub could not be reached</source>
        <translation>无法连接模型库</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/fetch.py"/>
        <source>{name} could not be fetched: {why}. Please try again.</source>
        <translation>无法获取 {name}：{why}。请重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/footprint.py"/>
        <source>{name} needs about {needed:.1f} GB of memory and {free:.1f} GB can be had: choose a smaller model, or close other programs.</source>
        <translation>{name} 约需 {needed:.1f} GB 内存，而可用的只有 {free:.1f} GB：请选择更小的模型，或关闭其他程序。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/footprint.py"/>
        <source>{name} needs about {needed:.1f} GB of memory and {free:.1f} GB can be had: choose the number format {precision}, or a smaller model.</source>
        <translation>{name} 约需 {needed:.1f} GB 内存，而可用的只有 {free:.1f} GB：请选择数字格式 {precision}，或更小的模型。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/housekeeping.py"/>
        <source>{name} is not on this machine any more.</source>
        <translation>{name} 已不在本机上。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/inspection.py"/>
        <source>config.json states {name} = {value}, which its weights do not bear out</source>
        <translation>config.json 声明 {name} = {value}，与权重不符</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/inspection.py"/>
        <source>{tensor} has the size {found}, not {wanted}</source>
        <translation>{tensor} 的大小是 {found}，而不是 {wanted}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/inspection.py"/>
        <source>it lacks {tensor}</source>
        <translation>缺少 {tensor}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/inspection.py"/>
        <source>there is not enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/inspection.py"/>
        <source>{file} holds no settings</source>
        <translation>{file} 中没有设置</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/inspection.py"/>
        <source>it has no *.safetensors file</source>
        <translation>没有 *.safetensors 文件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/inspection.py"/>
        <source>{file} is damaged</source>
        <translation>{file} 已损坏</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/inspection.py"/>
        <source>{tensor} has numbers of the unknown type {dtype}</source>
        <translation>{tensor} 的数字类型 {dtype} 未知</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/inspection.py"/>
        <source>config.json states sizes which its weights do not bear out</source>
        <translation>config.json 声明的大小与权重不符</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/inspection.py"/>
        <source>its weights are not all numbers</source>
        <translation>权重中有不是数字的值</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/inspection.py"/>
        <source>{file} lists {name}, which is no file of the model</source>
        <translation>{file} 列出了 {name}，它不是该模型的文件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/inspection.py"/>
        <source>{file} has {tensor} once more</source>
        <translation>{file} 中重复出现 {tensor}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/inspection.py"/>
        <source>{file} has far too many tensors</source>
        <translation>{file} 中的张量过多</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/inspection.py"/>
        <source>config.json wants code from elsewhere ({name})</source>
        <translation>config.json 要求运行来自别处的代码（{name}）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/inspection.py"/>
        <source>The model in {folder} could not be read ({why}). Remove it and fetch it again.</source>
        <translation>无法读取 {folder} 中的模型（{why}）。请将其删除并重新下载。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/model.py"/>
        <location filename="../../gpt_assistant/engine/seq2seq.py"/>
        <source>its tokenizer has tokens that the model does not have</source>
        <translation>分词器中有模型没有的词元</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/model.py"/>
        <source>This model does not work in float16: choose the number format bfloat16, or automatic.</source>
        <translation>此模型不能以 float16 运行：请选择数字格式 bfloat16 或自动。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/model_cache.py"/>
        <source>{path} has pickled weights, which can run code when they are opened: choose the same model as safetensors or GGUF.</source>
        <translation>{path} 含有 pickle 格式的权重，打开时可能执行代码：请选择同一模型的 safetensors 或 GGUF 版本。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/model_cache.py"/>
        <source>{path} holds no model: it needs *.safetensors, config.json and tokenizer.json.</source>
        <translation>{path} 中没有模型：需要 *.safetensors、config.json 和 tokenizer.json。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/model_cache.py"/>
        <source>{path} has no config.json: fetch the whole model again.</source>
        <translation>{path} 中没有 config.json：请重新下载整个模型。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/model_cache.py"/>
        <source>{path} has no tokenizer: fetch the whole model again.</source>
        <translation>{path} 中没有分词器：请重新下载整个模型。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/model_cache.py"/>
        <source>{name} could not be stored in {folder}: remove that folder.</source>
        <translation>无法将 {name} 存入 {folder}：请删除该文件夹。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/model_cache.py"/>
        <source>{path} lacks {file}: fetch the whole model again.</source>
        <translation>{path} 中缺少 {file}：请重新下载整个模型。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/model_cache.py"/>
        <source>The disk of {folder} has {free:.1f} GB free, the model needs {needed:.1f} GB: make room and try again.</source>
        <translation>{folder} 所在磁盘剩余 {free:.1f} GB，模型需要 {needed:.1f} GB：请腾出空间后重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/model_cache.py"/>
        <source>{name} cannot be read: {why}. Choose another model.</source>
        <translation>无法读取 {name}：{why}。请选择其他模型。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/model_cache.py"/>
        <source>Waiting for another process to prepare the model</source>
        <translation>正在等待另一进程准备模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/process.py"/>
        <source>The model stopped unexpectedly ({cause}).</source>
        <translation>模型意外停止（{cause}）。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/quantize.py"/>
        <source>{tensor} has what is no number</source>
        <translation>{tensor} 中有不是数字的值</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote.py"/>
        <source>{problem} The model on this machine answers meanwhile.</source>
        <translation>{problem} 其间由本机上的模型作答。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote.py"/>
        <location filename="../../gpt_assistant/features/remote_requests.py"/>
        <source>No model of the server is chosen. Choose one in the settings.</source>
        <translation>尚未选择服务器的模型。请在设置中选择一个。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote.py"/>
        <source>The answer of the server is of no use ({kind}).</source>
        <translation>服务器的回答无法使用（{kind}）。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote.py"/>
        <location filename="../../gpt_assistant/features/remote_author.py"/>
        <source>The server is no longer in use.</source>
        <translation>该服务器已不再使用。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_address.py"/>
        <source>{address} is no address of a server. It looks like {example}.</source>
        <translation>{address} 不是服务器地址。地址形如 {example}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_address.py"/>
        <source>No server is named. Enter its address, such as {example}.</source>
        <translation>尚未指定服务器。请输入其地址，例如 {example}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_address.py"/>
        <source>The address has a name or password in it. Enter a key in the key's field.</source>
        <translation>地址中含有用户名或密码。请将密钥填入密钥栏。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_address.py"/>
        <source>{host} would get your text unencrypted. Use https://, or allow it in the settings.</source>
        <translation>您的文字将以未加密的形式发往 {host}。请使用 https://，或在设置中允许。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_bare.py"/>
        <source>measuring {server}</source>
        <translation>测量 {server}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_client.py"/>
        <source>fetching the models of {server}</source>
        <translation>获取 {server} 的模型列表</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_client.py"/>
        <source>asking {server}, which is switched on</source>
        <translation>向已启用的 {server} 提问</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_client.py"/>
        <source>The authority's file {name} cannot be read as one. Choose a PEM file.</source>
        <translation>无法将 {name} 读作证书颁发机构文件。请选择 PEM 文件。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_errors.py"/>
        <source>{server} takes too long to answer.</source>
        <translation>{server} 回答得太慢。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_errors.py"/>
        <source>{server} does not take the request ({status}).</source>
        <translation>{server} 不接受该请求（{status}）。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_errors.py"/>
        <source>The certificate of {server} is not trusted. Name its authority's file in the settings.</source>
        <translation>{server} 的证书不受信任。请在设置中指定其颁发机构的文件。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_errors.py"/>
        <source>{server} refuses the key. Enter the right one in the settings.</source>
        <translation>{server} 拒绝了密钥。请在设置中输入正确的密钥。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_errors.py"/>
        <source>{server} has no such page. Check the address; it often ends in /v1.</source>
        <translation>{server} 没有这个页面。请检查地址；地址通常以 /v1 结尾。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_errors.py"/>
        <source>{server} points elsewhere. Enter the address that it points to.</source>
        <translation>{server} 指向了别处。请输入它所指向的地址。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_errors.py"/>
        <source>{server} has too many requests. Wait a little, or ask who runs it.</source>
        <translation>{server} 的请求过多。请稍候，或询问其管理者。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_errors.py"/>
        <source>{server} has a problem of its own ({status}). Ask who runs it.</source>
        <translation>{server} 自身出现问题（{status}）。请询问其管理者。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_errors.py"/>
        <source>No secure connection to {server}. Does it speak HTTPS on this port?</source>
        <translation>无法与 {server} 建立安全连接。该端口是否支持 HTTPS？</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_errors.py"/>
        <source>{server} is not found. Check the address and the network.</source>
        <translation>找不到 {server}。请检查地址和网络。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_errors.py"/>
        <source>{server} does not answer. Is it running?</source>
        <translation>{server} 没有响应。它在运行吗？</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_errors.py"/>
        <source>{server} has no model {model}. Fetch its models in the settings.</source>
        <translation>{server} 没有模型 {model}。请在设置中获取其模型列表。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_errors.py"/>
        <source>{server} does not take the request: {detail}</source>
        <translation>{server} 不接受该请求：{detail}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_errors.py"/>
        <source>{server} does not answer as a web server should. Check the address.</source>
        <translation>{server} 的回应不像网络服务器。请检查地址。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_errors.py"/>
        <source>The connection to {server} broke off ({kind}). Try again.</source>
        <translation>与 {server} 的连接中断（{kind}）。请重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_errors.py"/>
        <source>The certificate of {server} is out of date. Ask who runs it, or check the clock.</source>
        <translation>{server} 的证书已过期。请询问其管理者，或检查系统时钟。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_errors.py"/>
        <source>The certificate of {server} is for another name. Check the address.</source>
        <translation>{server} 的证书属于另一个名称。请检查地址。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_stream.py"/>
        <source>{server} answers in a form that is not an OpenAI-compatible server's. Check the address.</source>
        <translation>{server} 的回答格式不是 OpenAI 兼容服务器的格式。请检查地址。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_stream.py"/>
        <source>{server} sends more than an answer can be. It was cut off.</source>
        <translation>{server} 发送的内容超出了回答应有的大小，已截断。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_stream.py"/>
        <source>{server} broke off in the middle of its answer.</source>
        <translation>{server} 的回答中途中断。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/remote_stream.py"/>
        <source>{server} broke off with an error of its own.</source>
        <translation>{server} 因自身错误而中断。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/safetensors_header.py"/>
        <source>{file} is no file</source>
        <translation>{file} 不是文件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/safetensors_header.py"/>
        <source>{file} is far too large</source>
        <translation>{file} 太大了</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/safetensors_header.py"/>
        <source>{file} has a name twice</source>
        <translation>{file} 中有重复的名称</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/safetensors_header.py"/>
        <source>{file} is damaged or cut short</source>
        <translation>{file} 已损坏或不完整</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/safetensors_header.py"/>
        <source>{file} describes {tensor} wrongly</source>
        <translation>{file} 对 {tensor} 的描述有误</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/safetensors_header.py"/>
        <source>{file} is pickled, which can run code</source>
        <translation>{file} 是 pickle 文件，可能运行代码</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/safetensors_header.py"/>
        <source>{file} has tensors that overlap or leave gaps</source>
        <translation>{file} 中的张量相互重叠或有空隙</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/session.py"/>
        <source>This model reads {most} tokens at once, and {count} were needed. Choose a larger model for it.</source>
        <translation>此模型一次只能读取 {most} 个词元，而这里需要 {count} 个。请为此选择更大的模型。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/sources.py"/>
        <source>{name} is not on this machine and “Stay offline” is on: turn it off and try again, or run `gpt-assistant models --no-offline pull {source}`.</source>
        <translation>{name} 不在本机上，而“保持离线”已打开：请关闭它后重试，或运行 `gpt-assistant models --no-offline pull {source}`。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/sources.py"/>
        <source>{path} is no model: choose a .gguf file or a folder with *.safetensors.</source>
        <translation>{path} 不是模型：请选择 .gguf 文件或含有 *.safetensors 的文件夹。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/sources.py"/>
        <source>There is no model {name!r}: give a folder, a .gguf file, a hub id such as org/name, or a name from `gpt-assistant models list`.</source>
        <translation>没有模型 {name!r}：请给出文件夹、.gguf 文件、模型库 ID（如 org/name），或 `gpt-assistant models list` 中的名称。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/sources.py"/>
        <source>{path} holds several GGUF files: choose one of them, not the folder.</source>
        <translation>{path} 中有多个 GGUF 文件：请选择其中一个，而不是文件夹。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/sources.py"/>
        <source>Reading {name}</source>
        <translation>正在读取 {name}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/sources.py"/>
        <source>{name} has terms to accept first: read them with `gpt-assistant models info {id}`, then `gpt-assistant models pull {id} --accept-licence`.</source>
        <translation>使用 {name} 前须先接受其条款：用 `gpt-assistant models info {id}` 阅读，再运行 `gpt-assistant models pull {id} --accept-licence`。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/sources.py"/>
        <source>{name} cannot be read: {why}. Choose another file.</source>
        <translation>无法读取 {name}：{why}。请选择其他文件。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/sources.py"/>
        <source>The model could not be stored: {why}. Make room and try again.</source>
        <translation>无法存储模型：{why}。请腾出空间后重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/sources.py"/>
        <source>{name} could not be fetched: {why}.</source>
        <translation>无法下载 {name}：{why}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/sources.py"/>
        <source>{name} needs the Python package {package} to be converted: `pip install {package}`.</source>
        <translation>转换 {name} 需要 Python 软件包 {package}：`pip install {package}`。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/sources.py"/>
        <source>{name} could not be fetched: {why}, and the hub was of no help either. Check the connection and try again, or run `gpt-assistant models pull {id}`.</source>
        <translation>无法下载 {name}：{why}，从模型库下载也未成功。请检查网络连接后重试，或运行 `gpt-assistant models pull {id}`。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/switching.py"/>
        <source>The model does not fit the GPU's memory; it runs on the CPU.</source>
        <translation>GPU 内存放不下此模型；将在 CPU 上运行。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/switching.py"/>
        <source>There is no room for two models: suggestions pause until the new one is ready.</source>
        <translation>内存容不下两个模型：新模型就绪之前暂停建议。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/switching.py"/>
        <source>Going back to the model before…</source>
        <translation>正在恢复先前的模型…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/tokenizer_bounds.py"/>
        <source>its tokenizer makes far too much of a short text</source>
        <translation>其分词器会把短文本变得过大</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/vocabulary.py"/>
        <source>its tokenizer numbers tokens that it does not have</source>
        <translation>分词器编号了不存在的词元</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/worker.py"/>
        <source>The GPU ran out of memory; going on on the CPU.</source>
        <translation>GPU 内存不足；改用 CPU 继续。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/worker.py"/>
        <source>No model is loaded yet. Wait for it, or choose one in the settings.</source>
        <translation>尚未加载模型。请稍候，或在设置中选择一个模型。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/worker.py"/>
        <location filename="../../gpt_assistant/ui/model_life.py"/>
        <source>Starting the model…</source>
        <translation>正在启动模型…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/engine/worker.py"/>
        <source>Loading the model…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/export/origins_report.py"/>
        <source>Who wrote what: {title}</source>
        <translation>谁写了什么：{title}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/export/origins_report.py"/>
        <source>Made on {date}, with GPT Assistant.</source>
        <translation>由 GPT Assistant 于 {date} 生成。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/export/origins_report.py"/>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Origin</source>
        <translation>来源</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/export/origins_report.py"/>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Words</source>
        <translation>字数</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/export/origins_report.py"/>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/export/origins_report.py"/>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Characters</source>
        <translation>字符数</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/export/origins_report.py"/>
        <source>In all</source>
        <translation>合计</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <source>Afrikaans</source>
        <translation>南非荷兰语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Arabic</source>
        <translation>阿拉伯语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <source>Belarusian</source>
        <translation>白俄罗斯语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Bulgarian</source>
        <translation>保加利亚语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <source>Bengali</source>
        <translation>孟加拉语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Catalan</source>
        <translation>加泰罗尼亚语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Czech</source>
        <translation>捷克语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <source>Welsh</source>
        <translation>威尔士语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Danish</source>
        <translation>丹麦语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>German</source>
        <translation>德语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Greek</source>
        <translation>希腊语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <source>Esperanto</source>
        <translation>世界语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Spanish</source>
        <translation>西班牙语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Estonian</source>
        <translation>爱沙尼亚语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <source>Basque</source>
        <translation>巴斯克语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Persian</source>
        <translation>波斯语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Finnish</source>
        <translation>芬兰语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>French</source>
        <translation>法语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Irish</source>
        <translation>爱尔兰语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <source>Galician</source>
        <translation>加利西亚语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <source>Gujarati</source>
        <translation>古吉拉特语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Hebrew</source>
        <translation>希伯来语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Hindi</source>
        <translation>印地语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Croatian</source>
        <translation>克罗地亚语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Hungarian</source>
        <translation>匈牙利语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <source>Armenian</source>
        <translation>亚美尼亚语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Indonesian</source>
        <translation>印度尼西亚语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Icelandic</source>
        <translation>冰岛语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Italian</source>
        <translation>意大利语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Japanese</source>
        <translation>日语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <source>Georgian</source>
        <translation>格鲁吉亚语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <source>Kazakh</source>
        <translation>哈萨克语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Korean</source>
        <translation>韩语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Lithuanian</source>
        <translation>立陶宛语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Latvian</source>
        <translation>拉脱维亚语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <source>Macedonian</source>
        <translation>马其顿语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <source>Malayalam</source>
        <translation>马拉雅拉姆语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <source>Marathi</source>
        <translation>马拉地语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Malay</source>
        <translation>马来语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <source>Maltese</source>
        <translation>马耳他语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Norwegian</source>
        <translation>挪威语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Dutch</source>
        <translation>荷兰语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Polish</source>
        <translation>波兰语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Portuguese</source>
        <translation>葡萄牙语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Romanian</source>
        <translation>罗马尼亚语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Russian</source>
        <translation>俄语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Slovak</source>
        <translation>斯洛伐克语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Slovenian</source>
        <translation>斯洛文尼亚语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Albanian</source>
        <translation>阿尔巴尼亚语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Serbian</source>
        <translation>塞尔维亚语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Swedish</source>
        <translation>瑞典语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Swahili</source>
        <translation>斯瓦希里语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Tamil</source>
        <translation>泰米尔语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <source>Telugu</source>
        <translation>泰卢固语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Thai</source>
        <translation>泰语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Turkish</source>
        <translation>土耳其语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Ukrainian</source>
        <translation>乌克兰语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Urdu</source>
        <translation>乌尔都语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Vietnamese</source>
        <translation>越南语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/languages.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/masking_choice.py"/>
        <source>Nothing personal was found.</source>
        <translation>没有发现个人信息。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/masking_choice.py"/>
        <source>Looking for what is personal</source>
        <translation>正在查找个人信息</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/predictability.py"/>
        <source>Reading the text</source>
        <translation>正在阅读文本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/remote_author.py"/>
        <source>{problem} The model on this machine wrote this.</source>
        <translation>{problem} 这段文字由本机上的模型写成。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/remote_hiding.py"/>
        <source>Names could not be hidden, so nothing was sent to the server.</source>
        <translation>无法隐去姓名，因此未向服务器发送任何内容。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite.py"/>
        <location filename="../../gpt_assistant/features/spelling_correcting.py"/>
        <source>No mistake was found.</source>
        <translation>未发现错误。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite.py"/>
        <source>Nothing was found to change. A larger instruct model rewrites more freely; choose one in the settings.</source>
        <translation>没有需要改动之处。更大的指令模型改写更灵活；可在设置中选择。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite.py"/>
        <source>{left} of {count} sentences were left as they were: {why}.</source>
        <translation>{count} 个句子中有 {left} 个保持原样：{why}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite.py"/>
        <source>{left} of {count} paragraphs were left as they were: {why}.</source>
        <translation>{count} 个段落中有 {left} 个保持原样：{why}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite.py"/>
        <source>The sentence was left as it was: {why}.</source>
        <translation>该句保持原样：{why}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Rewriting</source>
        <translation>改写</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite.py"/>
        <source>There is no prose to rewrite here.</source>
        <translation>这里没有可改写的正文。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite.py"/>
        <source>Nothing was found to change.</source>
        <translation>没有需要改动之处。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite.py"/>
        <source>The paragraph was left as it was: {why}.</source>
        <translation>该段保持原样：{why}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite.py"/>
        <source>This text does not look English. Styles are for English texts only.</source>
        <translation>这段文本似乎不是英语。各种风格仅适用于英语文本。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite.py"/>
        <source>This model does not take instructions. Choose an instruct model in the settings.</source>
        <translation>此模型不接受指令。请在设置中选择指令模型。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite_checks.py"/>
        <source>nothing was written</source>
        <translation>没有写出内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite_checks.py"/>
        <source>it talks about the text</source>
        <translation>它在谈论原文</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite_checks.py"/>
        <source>it refuses</source>
        <translation>它拒绝了</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite_checks.py"/>
        <source>it repeats the instruction</source>
        <translation>它重复了指令</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite_checks.py"/>
        <source>it has other lines</source>
        <translation>行数不同</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite_checks.py"/>
        <source>it does not end</source>
        <translation>没有写完</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite_checks.py"/>
        <source>a question is no question any more, or the reverse</source>
        <translation>疑问句变成了非疑问句，或相反</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite_checks.py"/>
        <source>it is in another language</source>
        <translation>变成了另一种语言</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite_checks.py"/>
        <source>it repeats itself</source>
        <translation>自我重复</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite_checks.py"/>
        <source>“{fact}” was lost or added</source>
        <translation>丢失或多出了“{fact}”</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite_checks.py"/>
        <source>its sense may be the opposite</source>
        <translation>意思可能相反</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite_checks.py"/>
        <source>somebody else speaks</source>
        <translation>说话人变了</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite_checks.py"/>
        <source>it says something else</source>
        <translation>意思变了</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite_checks.py"/>
        <source>it is too short</source>
        <translation>太短</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/rewrite_checks.py"/>
        <source>it is too long</source>
        <translation>太长</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/sentiment.py"/>
        <source>Weighing the words</source>
        <translation>正在衡量各个词的影响</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/sentiment.py"/>
        <source>Reading the mood</source>
        <translation>正在读取情绪</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/sentiment_learning.py"/>
        <source>The weights for the mood could not be kept: {why}.</source>
        <translation>无法保存情绪判断的权重：{why}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/sentiment_learning.py"/>
        <source>Fitting the mood to the model</source>
        <translation>正在为此模型校准情绪判断</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/spelling_correcting.py"/>
        <source>One word is unknown, and nothing is like it.</source>
        <translation>有 1 个词不认识，也没有相似的词。</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/features/spelling_correcting.py"/>
        <source>{n} words are unknown, and nothing is like them.</source>
        <translation>
            <numerusform>有 {n} 个词不认识，也没有相似的词。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/summary.py"/>
        <source>Condensing sentence {number} of {count}</source>
        <translation>正在精简第 {number} 句，共 {count} 句</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/summary.py"/>
        <source>{count} sentences were left out: they named what the text does not have.</source>
        <translation>略去了 {count} 个句子：其中提到了原文没有的内容。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/summary.py"/>
        <source>One sentence was left out: it named what the text does not have.</source>
        <translation>略去了 1 个句子：其中提到了原文没有的内容。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/summary.py"/>
        <source>There is nothing here that could be summarised.</source>
        <translation>这里没有可以概括的内容。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/summary_generate.py"/>
        <source>Summarising part {number} of {count}</source>
        <translation>正在概括第 {number} 部分，共 {count} 部分</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/summary_reading.py"/>
        <source>Reading, {percent} %</source>
        <translation>正在阅读，{percent}%</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/translation.py"/>
        <source>{name} cannot translate from {source} into {target}.</source>
        <translation>{name} 无法从{source}翻译为{target}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/translation.py"/>
        <source>{problem} These can, chosen as the model that translates: {models}.</source>
        <translation>{problem}以下模型可以，可选作翻译模型：{models}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/translation.py"/>
        <source>Measuring whether this model can translate… {number}/{count}</source>
        <translation>正在检测此模型能否翻译… {number}/{count}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/translation.py"/>
        <source>There is no language {code!r}: give a code such as fr or de.</source>
        <translation>没有语言 {code!r}：请给出代码，如 fr 或 de。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/translation.py"/>
        <source>The text is in {language} already.</source>
        <translation>文本已经是{language}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/translation.py"/>
        <source>{name} translates from {source} into {target} only.</source>
        <translation>{name} 只能从{source}翻译为{target}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/translation.py"/>
        <source>Translating…</source>
        <translation>正在翻译…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/translation.py"/>
        <source>Check the numbers ({numbers}) in: {text}</source>
        <translation>请核对数字（{numbers}）：{text}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/features/translation.py"/>
        <source>Loading {name}…</source>
        <translation>正在加载 {name}…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>Like the system follows the desktop's light or dark, and its high contrast.</source>
        <translation>“跟随系统”采用桌面的浅色、深色和高对比度设置。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <source>Appearance and accessibility</source>
        <translation>外观与无障碍</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>High contrast, light</source>
        <translation>高对比度浅色</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>High contrast, dark</source>
        <translation>高对比度深色</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>Size of the interface</source>
        <translation>界面大小</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>In per cent of the system's font; documents have a font size of their own.</source>
        <translation>相对于系统字体的百分比；文档另有自己的字号。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>Of menus and messages.</source>
        <translation>菜单和消息所用的语言。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>简体中文</source>
        <translation>简体中文</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>Motion</source>
        <translation>动态效果</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>Less motion: nothing slides or blinks; what was scrolled is there at once.</source>
        <translation>减少动态效果：不滑动、不闪烁；滚动立即到位。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>Less motion</source>
        <translation>减少</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>As designed</source>
        <translation>默认</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>Announce suggestions</source>
        <translation>朗读建议</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>Have a screen reader read a suggestion once typing rests; automatic does where one runs.</source>
        <translation>输入停顿时让屏幕阅读器朗读建议；“自动”仅在屏幕阅读器运行时朗读。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <location filename="../../gpt_assistant/ui/model_controls.py"/>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <location filename="../../gpt_assistant/ui/palette_list.py"/>
        <location filename="../../gpt_assistant/ui/settings_files.py"/>
        <location filename="../../gpt_assistant/ui/settings_row.py"/>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <location filename="../../gpt_assistant/ui/palette_list.py"/>
        <location filename="../../gpt_assistant/ui/settings_files.py"/>
        <location filename="../../gpt_assistant/ui/settings_row.py"/>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>Show who wrote what</source>
        <translation>显示谁写了什么</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/appearance.py"/>
        <source>Shade the text by whether it was typed, completed, rewritten, pasted and so on.</source>
        <translation>按键入、补全、改写、粘贴等来源为文本加底色。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Complete as I type</source>
        <translation>输入时自动补全</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Show a grey suggestion ahead of the caret.</source>
        <translation>在光标后显示灰色建议。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <source>Completion</source>
        <translation>补全</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>How often</source>
        <translation>建议频率</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>0 shows rarely and is nearly always right, 100 shows often.</source>
        <translation>0 很少显示但几乎总是正确，100 经常显示。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Longest suggestion</source>
        <translation>建议的最大长度</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>The most words one suggestion may have.</source>
        <translation>一条建议最多包含的词数。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Learn from what I take</source>
        <translation>从采纳的建议中学习</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Keep the suggestions taken, on this machine alone, and make their words likelier.</source>
        <translation>保存已采纳的建议（仅存于本机），使其中的词更容易出现。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <location filename="../../gpt_assistant/ui/model_life.py"/>
        <location filename="../../gpt_assistant/ui/settings_registry.py"/>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Extra delay (ms)</source>
        <translation>额外延迟（毫秒）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Wait this long before showing a suggestion.</source>
        <translation>显示建议前等待的时间。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Colour on a light page</source>
        <translation>浅色页面上的颜色</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Of suggestions; empty takes the theme's grey. High contrast has a colour of its own.</source>
        <translation>建议文字的颜色；留空则用主题的灰色。高对比度主题有自己的颜色。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Colour on a dark page</source>
        <translation>深色页面上的颜色</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Check spelling as I type</source>
        <translation>输入时检查拼写</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Underline words that are misspelt, or not the ones that are meant.</source>
        <translation>在拼写错误或用错的词下加下划线。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <location filename="../../gpt_assistant/ui/spelling_panel.py"/>
        <source>Spelling</source>
        <translation>拼写</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Which spelling of English is right; both is for texts that mix them.</source>
        <translation>采用哪种英语拼写；“两者”适用于混用的文本。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Both</source>
        <translation>两者</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>American</source>
        <translation>美式</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>British</source>
        <translation>英式</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Correct by itself</source>
        <translation>自动更正</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Correct a word when a space ends it, where there is no doubt; undo takes it back.</source>
        <translation>单词以空格结束且毫无疑问时自动改正；撤销即可恢复。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>List of issues</source>
        <translation>问题列表</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Show all spelling issues of the document beside the text.</source>
        <translation>在文本旁显示文档的所有拼写问题。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Misspelt, on a light page</source>
        <translation>拼写错误（浅色页面）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>The colour of the line under a word that is none; empty takes the theme's.</source>
        <translation>不成词的单词下方波浪线的颜色；留空则用主题的颜色。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Misspelt, on a dark page</source>
        <translation>拼写错误（深色页面）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Mixed up, on a light page</source>
        <translation>用词混淆（浅色页面）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>The colour of the dots under a word that is not the one meant; empty takes the theme's.</source>
        <translation>用错的单词下方点线的颜色；留空则用主题的颜色。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Mixed up, on a dark page</source>
        <translation>用词混淆（深色页面）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Length of a summary</source>
        <translation>摘要长度</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>What “Summarise” asks for; the last choice is remembered.</source>
        <translation>“概括”所用的长度；会记住上次的选择。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <source>Summaries</source>
        <translation>摘要</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>In one line</source>
        <translation>一句话</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Short</source>
        <translation>简短</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Long</source>
        <translation>详细</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Bullet points</source>
        <translation>要点列表</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <location filename="../../gpt_assistant/ui/review.py"/>
        <source>Translate into</source>
        <translation>翻译为</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>The code of a language, such as fr; the last choice is remembered.</source>
        <translation>语言代码，如 fr；会记住上次的选择。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Model that translates</source>
        <translation>翻译模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>As for the model; empty takes the one that is loaded.</source>
        <translation>填写方式同“模型”；留空则使用已加载的模型。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>Mood of the paragraph</source>
        <translation>段落的情绪</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Say in the status bar whether the paragraph at the caret sounds positive or negative.</source>
        <translation>在状态栏中显示光标处段落的语气是积极还是消极。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <source>Mood</source>
        <translation>情绪</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <source>Mood of the text</source>
        <translation>全文的情绪</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/assistance.py"/>
        <source>Show beside the text how its mood changes, and its strongest sentences.</source>
        <translation>在正文旁显示情绪如何变化，以及情绪最强的句子。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Font</source>
        <translation>字体</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>The editor's font; empty takes the system's.</source>
        <translation>编辑器的字体；留空则使用系统字体。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <source>Editor</source>
        <translation>编辑器</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Font size</source>
        <translation>字号</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>In points.</source>
        <translation>以磅为单位。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Wrap long lines</source>
        <translation>自动换行</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Break lines at the window's edge.</source>
        <translation>在窗口边缘换行。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Widest column</source>
        <translation>最大栏宽</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Characters in a wrapped line, at most; 0 uses the whole window.</source>
        <translation>换行后每行最多的字符数；0 表示使用整个窗口。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Highlight Markdown</source>
        <translation>突出显示 Markdown</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Show headings and emphasis in .md and untitled documents.</source>
        <translation>在 .md 文件和未命名文档中显示标题与强调样式。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Tab width</source>
        <translation>制表符宽度</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>In characters.</source>
        <translation>以字符为单位。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Reopen documents at start</source>
        <translation>启动时重新打开文档</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Open what was open when the program ended.</source>
        <translation>打开上次退出时打开的文档。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Recent files</source>
        <translation>最近的文件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>How many files the menu remembers.</source>
        <translation>菜单中记住的文件数。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Save by itself</source>
        <translation>自动保存</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Seconds from a change until a document with a file is saved; 0 saves only when you do.</source>
        <translation>已有文件的文档在更改后多少秒保存；0 表示只在您保存时保存。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <source>Saving</source>
        <translation>保存</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Earlier versions (MB)</source>
        <translation>早期版本（MB）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>The room for earlier versions of all documents, on this machine alone; 0 keeps none.</source>
        <translation>所有文档早期版本占用的空间（仅存于本机）；0 表示不保留。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Remember who wrote what</source>
        <translation>记住谁写了什么</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>What was typed, completed or pasted, on this machine alone. Off deletes what was remembered.</source>
        <translation>哪些是键入、补全或粘贴的，只存在本机。关闭时会删除已记住的内容。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Focus on</source>
        <translation>专注范围</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>What stays clear in focus mode, at the caret; the rest is dimmed.</source>
        <translation>专注模式下光标处保持清晰的范围；其余部分变暗。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <source>Focus</source>
        <translation>专注</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Paragraph</source>
        <translation>段落</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Sentence</source>
        <translation>句子</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Focus on the whole screen</source>
        <translation>全屏专注</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Focus mode takes the whole screen.</source>
        <translation>专注模式占用整个屏幕。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Typewriter scrolling</source>
        <translation>打字机滚动</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>The caret's line stays at one height, and the text moves.</source>
        <translation>光标所在行保持在同一高度，由文本移动。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Height of that line</source>
        <translation>该行的高度</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>In per cent of the view, from its top.</source>
        <translation>距视图顶部的百分比。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Export to</source>
        <translation>导出为</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>The format that export begins with; the last choice is remembered.</source>
        <translation>导出时默认的格式；会记住上次的选择。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <source>Export and print</source>
        <translation>导出与打印</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source>Word (DOCX)</source>
        <translation>Word（DOCX）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source>OpenDocument (ODT)</source>
        <translation>OpenDocument（ODT）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source>Web page (HTML)</source>
        <translation>网页（HTML）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>The sheet for PDF, Word, OpenDocument and print.</source>
        <translation>用于 PDF、Word、OpenDocument 和打印的纸张。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>A4</source>
        <translation>A4</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>A5</source>
        <translation>A5</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Letter</source>
        <translation>信纸（Letter）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Legal</source>
        <translation>法律专用纸（Legal）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Margins (mm)</source>
        <translation>页边距（毫米）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>On all sides of the sheet.</source>
        <translation>纸张四边的边距。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>Font size on paper</source>
        <translation>打印字号</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/editor.py"/>
        <source>In points, for PDF and print.</source>
        <translation>以磅为单位，用于 PDF 和打印。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/form.py"/>
        <source>it is too large</source>
        <translation>文件太大</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/form.py"/>
        <source>it is not a text</source>
        <translation>它不是文本文件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/form.py"/>
        <source>it is nested too deeply</source>
        <translation>嵌套层次太深</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/keys.py"/>
        <source>Take the suggestion</source>
        <translation>采纳建议</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/keys.py"/>
        <source>Inserts all of it.</source>
        <translation>插入整条建议。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/keys.py"/>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <location filename="../../gpt_assistant/ui/keys_dialog.py"/>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/keys.py"/>
        <source>Take the next word</source>
        <translation>采纳下一个词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/keys.py"/>
        <source>Inserts one word of it.</source>
        <translation>插入建议中的一个词。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/keys.py"/>
        <source>Hide the suggestion</source>
        <translation>隐藏建议</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/keys.py"/>
        <source>Until the next change.</source>
        <translation>直到下次更改。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/keys.py"/>
        <source>Next suggestion</source>
        <translation>下一条建议</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/keys.py"/>
        <source>Cycle forwards.</source>
        <translation>向后切换。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/keys.py"/>
        <source>Previous suggestion</source>
        <translation>上一条建议</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/keys.py"/>
        <source>Cycle backwards.</source>
        <translation>向前切换。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/keys.py"/>
        <source>Suggest now</source>
        <translation>立即建议</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/keys.py"/>
        <source>Ask for a suggestion here, even when it is less likely.</source>
        <translation>在此处请求建议，即使把握较小。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/keys.py"/>
        <source>Keys of the menus</source>
        <translation>菜单的按键</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/keys.py"/>
        <source>Of every action; in the file a line for each changed, such as save_as = [&quot;Ctrl+Shift+S&quot;].</source>
        <translation>每个操作的按键；在设置文件中，每个更改过的操作占一行，例如 save_as = [&quot;Ctrl+Shift+S&quot;]。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <location filename="../../gpt_assistant/ui/measuring_table.py"/>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <source>The bundled model, a folder, a GGUF file or a hub id such as org/name.</source>
        <translation>自带模型、文件夹、GGUF 文件，或模型库 ID（如 org/name）。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <source>Model and device</source>
        <translation>模型与设备</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <source>Where the model runs; automatic takes the GPU when there is one.</source>
        <translation>模型在何处运行；“自动”会在有 GPU 时使用 GPU。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <source>Number format</source>
        <translation>数值格式</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <source>Fewer bits take less memory; automatic takes bfloat16, on the CPU integers.</source>
        <translation>位数越少，占用内存越少；自动使用 bfloat16，在 CPU 上使用整数。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <source>Check the memory first</source>
        <translation>先检查内存</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <source>Do not load a model that needs more memory than is free.</source>
        <translation>不加载所需内存超过可用内存的模型。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <source>Give the memory back after (minutes)</source>
        <translation>多久后释放内存（分钟）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <source>Unload the model when nothing was typed for so long; the next key loads it. 0 keeps it.</source>
        <translation>这么久没有输入时卸载模型；下一次按键会重新加载。0 表示一直保留。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <source>On battery</source>
        <translation>使用电池时</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <source>What suggestions do on battery, or when the machine is too hot.</source>
        <translation>使用电池或机器过热时，建议如何出现。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <source>As usual</source>
        <translation>照常</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <source>Wait for a pause</source>
        <translation>等待停顿</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <source>Only when asked for</source>
        <translation>仅在请求时</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <source>CPU threads</source>
        <translation>CPU 线程数</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/model.py"/>
        <source>Threads the model computes with; 0 chooses for this machine.</source>
        <translation>模型计算使用的线程数；0 表示按本机情况选择。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <location filename="../../gpt_assistant/ui/connections_dialog.py"/>
        <source>Stay offline</source>
        <translation>保持离线</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Never open a network connection, not even to fetch a model; what is being fetched ends.</source>
        <translation>不打开任何网络连接，连获取模型也不例外；正在进行的下载会结束。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Encrypt what is kept of my text</source>
        <translation>加密保存下来的我的文字</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Earlier versions, unsaved work, own words: encrypted, with the key in the system's keyring.</source>
        <translation>早期版本、未保存的内容、自己的词语：均加密，密钥存放在系统密钥环中。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Hide names of people</source>
        <translation>隐藏人名</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Where texts are masked, before they go to a server: each name gets a placeholder.</source>
        <translation>在文本发往服务器之前：每个姓名都换成占位符。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Hide organisations</source>
        <translation>隐藏机构</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Firms, schools, hospitals and the like.</source>
        <translation>公司、学校、医院等。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Hide places</source>
        <translation>隐藏地点</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Towns and countries.</source>
        <translation>城市和国家。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Hide postal addresses</source>
        <translation>隐藏邮政地址</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Streets, postcodes and what belongs to them.</source>
        <translation>街道、邮政编码及相关内容。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Hide e-mail, phone and web addresses</source>
        <translation>隐藏电子邮件、电话和网址</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Addresses of computers too.</source>
        <translation>也包括计算机地址。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Hide numbers of cards, accounts and persons</source>
        <translation>隐藏卡号、账号和证件号</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Customer numbers and the like too; passwords and keys are always hidden.</source>
        <translation>也包括客户号等；密码和密钥总是隐藏。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Hide dates and ages</source>
        <translation>隐藏日期和年龄</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Whole dates; a year alone says little.</source>
        <translation>完整的日期；单独的年份说明不了什么。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Hide professions and nationalities</source>
        <translation>隐藏职业和国籍</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/privacy.py"/>
        <source>Titles and religions too; off leaves more for a model to go by.</source>
        <translation>也包括头衔和宗教；关闭可为模型保留更多依据。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>Let a server answer</source>
        <translation>由服务器作答</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>Sends it the text around the caret, or what you ask about; off sends nothing.</source>
        <translation>将光标附近的文字或您询问的内容发给服务器；关闭则什么也不发送。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <location filename="../../gpt_assistant/ui/model_life.py"/>
        <location filename="../../gpt_assistant/ui/settings_registry.py"/>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>Address of the server</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>Of any OpenAI-compatible one, such as https://server.example:8000/v1.</source>
        <translation>任何兼容 OpenAI 的服务器，例如 https://server.example:8000/v1。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>Model of the server</source>
        <translation>服务器的模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>The name that the server has for it; “Fetch models” lists them.</source>
        <translation>该模型在服务器上的名称；“获取模型”可列出全部。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>What the server does</source>
        <translation>服务器的任务</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>Texts are summaries, rewritings and translations; a model chosen to translate goes first.</source>
        <translation>文本指摘要、改写和翻译；若选定了翻译模型，则以该模型为先。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>Completion and texts</source>
        <translation>补全和文本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>Texts</source>
        <translation>文本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>Hide names and the like</source>
        <translation>隐去姓名等信息</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>Sends placeholders for names, addresses, numbers and keys, and puts them back in the answer.</source>
        <translation>以占位符代替姓名、地址、号码和密钥发送，并在回答中还原。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>Longest wait for a suggestion (ms)</source>
        <translation>等待建议的最长时间（毫秒）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>Then the model on this machine suggests.</source>
        <translation>超时则由本机上的模型给出建议。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>Longest wait for a text (s)</source>
        <translation>等待文本的最长时间（秒）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>From one piece of it to the next; then the model on this machine writes it.</source>
        <translation>指相邻两段之间的等待；超时则由本机上的模型来写。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>Certificate authority</source>
        <translation>证书颁发机构</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>A PEM file, for a server whose certificate the system does not know.</source>
        <translation>PEM 文件，用于系统不认识其证书的服务器。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>Allow an unencrypted connection</source>
        <translation>允许未加密的连接</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/remote.py"/>
        <source>Everyone on the way can read your text then. A server on this machine needs no encryption.</source>
        <translation>这样途中的任何人都能读到您的文字。本机上的服务器无需加密。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/shortcuts.py"/>
        <source>shortcuts must be a table of keys by action</source>
        <translation>shortcuts 必须是按操作列出按键的表</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/shortcuts.py"/>
        <source>the keys of {name} must be a list of texts</source>
        <translation>{name} 的按键必须是文本列表</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/store.py"/>
        <source>{name} could not be read and is kept as {kept}; the settings are the defaults now. {why}</source>
        <translation>无法读取 {name}，已另存为 {kept}；现在使用默认设置。{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/store.py"/>
        <location filename="../../gpt_assistant/ui/measuring_table.py"/>
        <source>{name}: {why}</source>
        <translation>{name}：{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/store.py"/>
        <source>{name} has no settings.</source>
        <translation>{name} 中没有设置。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/store.py"/>
        <source>{name} has no settings: {why}</source>
        <translation>{name} 中没有设置：{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/store.py"/>
        <source>The settings are the defaults now. {why}</source>
        <translation>现在使用默认设置。{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <source>{name} must be a key that types nothing, such as Tab or Ctrl+Right, not {value!r}</source>
        <translation>{name} 须为不输入字符的按键，如 Tab 或 Ctrl+Right，而不是 {value!r}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <source>{name} must be auto, cpu, mps, cuda or xpu, or a numbered one such as cuda:1, not {value!r}</source>
        <translation>{name} 必须是 auto、cpu、mps、cuda 或 xpu，或带编号的设备，例如 cuda:1，而不是 {value!r}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <source>{name} must be a colour such as #2b66c9, or empty, not {value!r}</source>
        <translation>{name} 必须是 #2b66c9 这样的颜色或留空，不能是 {value!r}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <source>{name} must be {wanted}, not {got}</source>
        <translation>{name} 须为 {wanted}，而不是 {got}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <source>{name} must be one of {choices}, not {value!r}</source>
        <translation>{name} 须为 {choices} 之一，而不是 {value!r}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <source>{name} must be between {least:g} and {most:g}, not {value!r}</source>
        <translation>{name} 须在 {least:g} 与 {most:g} 之间，而不是 {value!r}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/settings/table.py"/>
        <source>{key} types text; choose a key that types nothing.</source>
        <translation>{key} 会输入文字；请选择不输入文字的按键。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/binary.py"/>
        <source>a picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/binary.py"/>
        <source>a PDF document</source>
        <translation>PDF 文档</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/binary.py"/>
        <source>a ZIP archive, or an office document</source>
        <translation>ZIP 压缩包或办公文档</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/binary.py"/>
        <source>an office document</source>
        <translation>办公文档</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/binary.py"/>
        <source>a compressed file</source>
        <translation>压缩文件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/binary.py"/>
        <source>a program</source>
        <translation>程序</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/binary.py"/>
        <source>a sound or a film</source>
        <translation>音频或视频</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/binary.py"/>
        <source>a sound, a film or a picture</source>
        <translation>音频、视频或图片</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/binary.py"/>
        <source>a database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/binary.py"/>
        <source>a language model</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/binary.py"/>
        <source>binary data</source>
        <translation>二进制数据</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/binary.py"/>
        <source>{name} is {kind}, not text. Open it with the program it belongs to.</source>
        <translation>{name} 是{kind}，不是文本。请用相应的程序打开。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/converting.py"/>
        <source>A database could not be converted: {why}. Try again.</source>
        <translation>有一个数据库无法转换：{why}。请重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>the network folder or the drive is gone. Connect it again, or choose another place.</source>
        <translation>网络文件夹或驱动器已断开。请重新连接，或选择其他位置。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>another program is using it. Try again in a moment, or choose another place.</source>
        <translation>另一程序正在使用它。请稍后重试，或选择其他位置。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>you have no permission. Save it elsewhere, or change the permissions.</source>
        <translation>您没有权限。请保存到其他位置，或更改权限。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>the folder does not exist. Choose another place.</source>
        <translation>文件夹不存在。请选择其他位置。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>the disk is full. Free some space, or save it elsewhere.</source>
        <translation>磁盘已满。请释放一些空间，或保存到其他位置。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>your disk quota is used up. Free some space, or save it elsewhere.</source>
        <translation>您的磁盘配额已用完。请释放一些空间，或保存到其他位置。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>the disk is read-only. Save it elsewhere.</source>
        <translation>磁盘为只读。请保存到其他位置。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>the folder or file does not exist. Choose another place.</source>
        <translation>文件夹或文件不存在。请选择其他位置。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>it is not a file. Choose another name.</source>
        <translation>它不是文件。请选择其他名称。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>the name is too long. Choose a shorter one.</source>
        <translation>名称过长。请使用较短的名称。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>it is too large for this disk. Save it elsewhere.</source>
        <translation>文件对此磁盘过大。请保存到其他位置。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>the disk reports an error. Save it elsewhere now.</source>
        <translation>磁盘报告错误。请立即保存到其他位置。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>its symbolic link leads back to itself. Choose another place.</source>
        <translation>其符号链接指向自身。请选择其他位置。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>too many files are open. Close some, and try again.</source>
        <translation>打开的文件过多。请关闭一些后重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>Cannot open {name}: {reason}</source>
        <translation>无法打开 {name}：{reason}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>Cannot read {name}: {reason}</source>
        <translation>无法读取 {name}：{reason}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>Cannot save {name}: {reason}</source>
        <translation>无法保存 {name}：{reason}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>Cannot write {name}: {reason}</source>
        <translation>无法写入 {name}：{reason}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>you have no permission to read it. Ask its owner, or change the permissions.</source>
        <translation>您没有读取权限。请联系其所有者，或更改权限。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>it is not a file. Choose a text file.</source>
        <translation>它不是文件。请选择文本文件。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>the disk reports an error. Try again, or take a copy from elsewhere.</source>
        <translation>磁盘报告错误。请重试，或从其他位置取得副本。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>its symbolic link leads back to itself. Choose the file itself.</source>
        <translation>其符号链接指向自身。请直接选择该文件。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>the folder or file does not exist. Choose another one.</source>
        <translation>文件夹或文件不存在。请另选一个。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>{why}. Try again, or choose another place.</source>
        <translation>{why}。请重试，或选择其他位置。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/errors.py"/>
        <source>{name} is far too large. Move it away.</source>
        <translation>{name} 过大。请将其移走。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/history.py"/>
        <source>The history of earlier versions was damaged; {count} could be read. The rest is in {name}.</source>
        <translation>早期版本的历史记录已损坏；其中 {count} 个可以读取。其余的在 {name} 中。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/history.py"/>
        <source>This version is gone or damaged. Choose another one.</source>
        <translation>此版本已丢失或损坏。请另选一个。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/history.py"/>
        <source>Earlier versions are encrypted and out of reach now. {why}</source>
        <translation>早期版本已加密，目前无法读取。{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/history.py"/>
        <source>The versions were not deleted: {why}.</source>
        <translation>版本未被删除：{why}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/history.py"/>
        <source>No earlier version was kept: {why}.</source>
        <translation>未能保留早期版本：{why}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/instructions.py"/>
        <source>an instruction needs a name and a text</source>
        <translation>指令需要名称和内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/instructions.py"/>
        <source>the name &quot;{name}&quot; is taken</source>
        <translation>名称“{name}”已被使用</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/instructions.py"/>
        <source>an instruction needs a name</source>
        <translation>指令需要名称</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Language models that were fetched, and what was made of them to run fast.</source>
        <translation>下载的语言模型，以及为加快运行而由它们生成的文件。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Added PyTorch</source>
        <translation>另行添加的 PyTorch</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>A build of PyTorch for a graphics card.</source>
        <translation>用于显卡的 PyTorch 构建。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>Earlier versions</source>
        <translation>早期版本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>What your documents were before, for the history.</source>
        <translation>您的文档以前的样子，供历史记录使用。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>Unsaved work</source>
        <translation>未保存的内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>What was not saved when the program ended, and what is not saved now.</source>
        <translation>程序结束时未保存的内容，以及现在尚未保存的内容。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <location filename="../../gpt_assistant/ui/origin_legend.py"/>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Who wrote what</source>
        <translation>谁写了什么</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Which part of a document was typed, completed, rewritten or pasted.</source>
        <translation>文档的哪一部分是键入、补全、改写或粘贴的。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Learnt phrases</source>
        <translation>学到的短语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Suggestions that you took, to make their words likelier.</source>
        <translation>您采纳过的建议，用来让其中的词更容易出现。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Own words</source>
        <translation>自己的词语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Words that you added to the dictionary.</source>
        <translation>您添加到词典中的词语。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Ignored words</source>
        <translation>忽略的词语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Words that you let stand in one document.</source>
        <translation>您在某个文档中保留不改的词语。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Words to hide</source>
        <translation>要隐藏的词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Words that you always or never want hidden before a text is sent.</source>
        <translation>在发送文本之前，您总要或从不要隐藏的词。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Own instructions</source>
        <translation>自己的指令</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Instructions for rewriting that you saved by name.</source>
        <translation>您按名称保存的改写指令。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Goals</source>
        <translation>目标</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>How many words you want to write, and have written today.</source>
        <translation>您想写多少字，以及今天写了多少。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Session and recent files</source>
        <translation>会话和最近的文件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Which documents are open, the window's place, files and commands used last.</source>
        <translation>打开了哪些文档、窗口的位置、最近使用的文件和命令。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <location filename="../../gpt_assistant/ui/settings_dialog.py"/>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>What you changed in the settings.</source>
        <translation>您在设置中更改的内容。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Accepted licences</source>
        <translation>已接受的许可</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Terms of models that you accepted.</source>
        <translation>您已接受的模型条款。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Secrets in the keyring</source>
        <translation>密钥环中的机密</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Keys for servers. They lie in the system's keyring; here are their names.</source>
        <translation>服务器的密钥。它们存放在系统密钥环中；这里只有它们的名称。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Word lists</source>
        <translation>词表</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Word frequencies and dictionaries, in a form that is quick to read.</source>
        <translation>词频和词典，保存为便于快速读取的形式。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Compiled kernel</source>
        <translation>编译好的内核</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>A part of the engine, compiled for this processor.</source>
        <translation>引擎的一部分，为这台处理器编译。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>State of the encryption</source>
        <translation>加密状态</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Whether what is kept is encrypted, and the public key. It holds no secret.</source>
        <translation>保存的内容是否加密，以及公钥。其中没有机密。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Entries in the desktop's menu</source>
        <translation>桌面菜单中的条目</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Which files were added to the desktop, to take them away again.</source>
        <translation>哪些文件被添加到了桌面，以便再次移除。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Locks</source>
        <translation>锁</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Empty files that keep two programs from writing to the same thing.</source>
        <translation>空文件，防止两个程序同时写入同一处。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Left behind</source>
        <translation>遗留文件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Files that were half written when the computer went off.</source>
        <translation>计算机断电时只写了一半的文件。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Other files</source>
        <translation>其他文件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Files in the program's folders that it does not know. They may be yours.</source>
        <translation>程序文件夹中程序不认识的文件。它们可能是您的。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>They are fetched again when they are needed, which takes a network connection.</source>
        <translation>需要时会重新下载，这需要网络连接。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>The model runs with the PyTorch that came along, from the next start on.</source>
        <translation>从下次启动起，模型将使用随程序附带的 PyTorch 运行。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>No earlier version of any document can be brought back. The documents stay as they are.</source>
        <translation>任何文档的早期版本都无法再恢复。文档本身保持不变。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Work that was never saved and not yet restored is gone for good.</source>
        <translation>从未保存且尚未恢复的内容将永久消失。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Where a text comes from can no longer be shown. The texts stay as they are.</source>
        <translation>无法再显示文字的来源。文字本身保持不变。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Suggestions no longer know your phrases.</source>
        <translation>建议将不再了解您的短语。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>They are underlined again.</source>
        <translation>它们会重新被标下划线。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>They are hidden or not as they are found.</source>
        <translation>它们是否隐藏由程序判断。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>They are no longer in the menu.</source>
        <translation>它们将不再出现在菜单中。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>There is no goal any more.</source>
        <translation>不再有目标。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>The next start opens nothing by itself. The documents stay where they are.</source>
        <translation>下次启动不会自动打开任何文档。文档仍在原处。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>All settings are the defaults again, keys too.</source>
        <translation>所有设置都恢复为默认值，包括快捷键。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Their terms are shown again before they are fetched.</source>
        <translation>下载前会再次显示其条款。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>The keys have to be entered again.</source>
        <translation>密钥需要重新输入。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>They are made again at the next start, in a second or two.</source>
        <translation>下次启动时会在一两秒内重新生成。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>It is compiled again at the next start, where there is a compiler.</source>
        <translation>如果有编译器，下次启动时会重新编译。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Turn the encryption off in the settings, and it goes.</source>
        <translation>在设置中关闭加密，它就会消失。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>gpt-assistant --uninstall-desktop takes them away.</source>
        <translation>gpt-assistant --uninstall-desktop 会移除它们。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>They take no room, and deleting one that is held would do harm.</source>
        <translation>它们不占空间，删除正在使用的锁会造成损害。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Nothing is lost.</source>
        <translation>不会丢失任何内容。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>Open the folder, and look what they are.</source>
        <translation>请打开文件夹查看它们是什么。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/inventory.py"/>
        <source>{name} is being prepared. Try again when it is done.</source>
        <translation>{name} 正在准备中。请在完成后重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/journal.py"/>
        <source>files in {folder} cannot be locked</source>
        <translation>无法锁定 {folder} 中的文件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/journal.py"/>
        <source>Unsaved work is not backed up. {why}</source>
        <translation>未保存的内容没有备份。{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/journal.py"/>
        <source>its copy</source>
        <translation>其副本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/masked_words.py"/>
        <source>The words to be hidden are damaged. Mend or delete {path}.</source>
        <translation>要隐藏的词语文件已损坏。请修复或删除 {path}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/origins.py"/>
        <source>Who wrote what is not kept: {why}</source>
        <translation>未能保存“谁写了什么”：{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/secrets.py"/>
        <source>This system has no keyring. Install and start one (GNOME Keyring, KWallet), then try again.</source>
        <translation>此系统没有密钥环。请安装并启动一个（GNOME Keyring、KWallet），然后重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/secrets.py"/>
        <source>The keyring is locked. Unlock it, then try again.</source>
        <translation>密钥环已锁定。请解锁后重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/secrets.py"/>
        <source>The keyring does not answer. Log out and in again, then try again.</source>
        <translation>密钥环没有响应。请注销并重新登录，然后重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/secrets.py"/>
        <source>The keyring failed: {why}. Unlock it, then try again.</source>
        <translation>密钥环出错：{why}。请解锁后重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/secrets.py"/>
        <source>The keyring did not keep the secret. Unlock it, then try again.</source>
        <translation>密钥环没有保存机密。请解锁后重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/secrets.py"/>
        <source>Install the package keyring, then try again.</source>
        <translation>请安装软件包 keyring，然后重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/textfile.py"/>
        <source>{character} in line {line} does not exist in {encoding}: save as UTF-8.</source>
        <translation>第 {line} 行的{character}在 {encoding} 中不存在：请另存为 UTF-8。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/textfile.py"/>
        <source>{encoding} with BOM</source>
        <translation>{encoding}（带 BOM）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/vault.py"/>
        <source>The key to what is encrypted here is gone from the keyring. Bring the keyring back, and it is read again; it stays as it is. New work is encrypted with a new key.</source>
        <translation>此处加密内容的密钥已不在密钥环中。恢复密钥环后即可再次读取；内容保持原样。新的内容使用新密钥加密。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/vault.py"/>
        <source>The key is not in the keyring.</source>
        <translation>密钥不在密钥环中。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/vault.py"/>
        <source>The keyring has not answered yet. Try again in a moment.</source>
        <translation>密钥环尚未响应。请稍后重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/vault.py"/>
        <source>The key in the keyring is damaged. Bring the old keyring back.</source>
        <translation>密钥环中的密钥已损坏。请恢复原来的密钥环。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/storage/vault.py"/>
        <source>{name} could not be read yet. Try again in a moment.</source>
        <translation>{name} 尚无法读取。请稍后重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/masked.py"/>
        <source>Names of people</source>
        <translation>人名</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/masked.py"/>
        <source>Organisations</source>
        <translation>机构</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/masked.py"/>
        <source>Places</source>
        <translation>地点</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/masked.py"/>
        <source>Postal addresses</source>
        <translation>邮政地址</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/masked.py"/>
        <source>E-mail addresses</source>
        <translation>电子邮件地址</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/masked.py"/>
        <source>Phone numbers</source>
        <translation>电话号码</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/masked.py"/>
        <source>Web addresses</source>
        <translation>网址</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/masked.py"/>
        <source>Addresses of computers</source>
        <translation>计算机地址</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/masked.py"/>
        <source>Payment cards</source>
        <translation>支付卡</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/masked.py"/>
        <source>Bank accounts</source>
        <translation>银行账户</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/masked.py"/>
        <source>Identity and customer numbers</source>
        <translation>证件号和客户号</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/masked.py"/>
        <source>Passwords and keys</source>
        <translation>密码和密钥</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/masked.py"/>
        <source>Dates</source>
        <translation>日期</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/masked.py"/>
        <source>Ages</source>
        <translation>年龄</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/masked.py"/>
        <source>Titles and professions</source>
        <translation>头衔和职业</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/masked.py"/>
        <source>Nationalities and religions</source>
        <translation>国籍和宗教</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/masked.py"/>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <location filename="../../gpt_assistant/ui/masking_words.py"/>
        <source>Your own words</source>
        <translation>您自己的词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/measured.py"/>
        <source>{name} saves {saved:.0%} of the keys in your texts, as good as {other} with {most:.0%}, and takes {memory:.1f} GB of memory where that takes {more:.1f}.</source>
        <translation>{name} 在您的文本中节省 {saved:.0%} 的按键，与 {other} 的 {most:.0%} 相当，只占用 {memory:.1f} GB 内存，而后者占用 {more:.1f} GB。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/measured.py"/>
        <source>{name} saves {saved:.0%} of the keys in your texts, more than {other} with {less:.0%}.</source>
        <translation>{name} 在您的文本中节省 {saved:.0%} 的按键，多于 {other} 的 {less:.0%}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/measured.py"/>
        <source>{name} saves {saved:.0%} of the keys in your texts.</source>
        <translation>{name} 在您的文本中节省 {saved:.0%} 的按键。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/measured.py"/>
        <source>{name} saves {saved:.0%} of the keys in your texts, more than {other} with {less:.0%}, which often comes too late here.</source>
        <translation>{name} 在您的文本中节省 {saved:.0%} 的按键，多于 {other} 的 {less:.0%}，后者在这里常常来得太晚。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/measured.py"/>
        <source>None of the models could be measured.</source>
        <translation>没有一个模型可以测量。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/measured.py"/>
        <source>None of the models saves keys in these texts.</source>
        <translation>在这些文本中没有模型能节省按键。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/measuring.py"/>
        <source>It ended before it was done ({code}).</source>
        <translation>它在完成之前就结束了（{code}）。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>Typed</source>
        <translation>键入</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>Completed</source>
        <translation>补全</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>Rewritten</source>
        <translation>改写</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>Spelling corrected</source>
        <translation>拼写更正</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>From a summary</source>
        <translation>来自摘要</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>Translated</source>
        <translation>翻译</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>Dictated</source>
        <translation>听写</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>Pasted</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>Typed by you</source>
        <translation>由您键入</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>Suggestions that you took</source>
        <translation>您采纳的建议</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>Changes of a rewriting that you took</source>
        <translation>您采纳的改写</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>Words whose spelling was corrected</source>
        <translation>更正过拼写的词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>Put in from a summary</source>
        <translation>从摘要插入</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>Put in from a translation</source>
        <translation>从译文插入</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>Spoken by you</source>
        <translation>由您口述</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>From the clipboard, or dropped here</source>
        <translation>来自剪贴板，或拖放到此处</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/origins.py"/>
        <source>In the file before, or changed by another program</source>
        <translation>文件中原有，或被其他程序更改</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>no model is loaded</source>
        <translation>未加载模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>completion is switched off</source>
        <translation>补全已关闭</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>there is no text to go by</source>
        <translation>没有可依据的文本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>no continuation is likely enough</source>
        <translation>没有足够可能的续写</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>numbers and codes are left alone</source>
        <translation>不补全数字和代码</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>the half-typed word would not become a real word</source>
        <translation>未输完的词无法补成真正的词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>the word before the caret looks misspelt</source>
        <translation>光标前的词似乎拼写有误</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>it would repeat what follows the caret</source>
        <translation>会重复光标后的内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>not sure enough in the middle of a line</source>
        <translation>在行中间把握不足</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>it would repeat itself</source>
        <translation>会自我重复</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>the caret is inside a word</source>
        <translation>光标在单词内部</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>the sentence is complete</source>
        <translation>句子已完整</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>the model proposes to stop here</source>
        <translation>模型建议在此停止</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>nothing is suggested here until something is typed</source>
        <translation>在此处输入内容后才会给出建议</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>a newer keystroke took its place</source>
        <translation>已被更新的按键取代</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>the model failed</source>
        <translation>模型出错</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>on battery it waits for a pause</source>
        <translation>使用电池时等待停顿</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>completion sleeps on battery</source>
        <translation>使用电池时补全休眠</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>the machine is hot, so it waits for a pause</source>
        <translation>机器过热，等待停顿</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/suggestion.py"/>
        <source>completion sleeps while the machine is hot</source>
        <translation>机器过热时补全休眠</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/text/told.py"/>
        <source>{first}; {rest}</source>
        <translation>{first}；{rest}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/about.py"/>
        <source>An editor that writes along with you. The model runs on this machine; your text stays here.</source>
        <translation>与您一同写作的编辑器。模型在本机运行；您的文本不会离开本机。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/about.py"/>
        <source>About GPT Assistant</source>
        <translation>关于 GPT Assistant</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/about.py"/>
        <source>What it is made of</source>
        <translation>组成部分</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/about.py"/>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/about.py"/>
        <source>Text of the licence</source>
        <translation>许可证文本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/about.py"/>
        <source>Part</source>
        <translation>组件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/about.py"/>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/about.py"/>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/about.py"/>
        <source>Made with</source>
        <translation>使用的组件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/about.py"/>
        <source>Version {version} · Apache-2.0</source>
        <translation>版本 {version} · Apache-2.0</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Document</source>
        <translation>文档(&amp;D)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Assistant</source>
        <translation>助手(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Tools</source>
        <translation>工具(&amp;T)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Summarise &amp;as</source>
        <translation>概括为(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Rewrite</source>
        <translation>改写(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Spelling</source>
        <translation>拼写(&amp;S)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>E&amp;xplain</source>
        <translation>解释(&amp;X)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Translate into</source>
        <translation>翻译为(&amp;T)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;New</source>
        <translation>新建(&amp;N)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Start an empty document</source>
        <translation>新建空白文档</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Open a file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Write the document to its file</source>
        <translation>将文档写入其文件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Write it to another file</source>
        <translation>写入另一个文件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Save a&amp;ll</source>
        <translation>全部保存(&amp;L)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Write every changed document</source>
        <translation>保存所有已更改的文档</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Reload from &amp;disk</source>
        <translation>从磁盘重新加载(&amp;D)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Read the file again</source>
        <translation>重新读取文件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;History…</source>
        <translation>历史记录(&amp;H)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Earlier versions of this document</source>
        <translation>此文档的早期版本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>As PDF, Word, ODT or HTML</source>
        <translation>导出为 PDF、Word、ODT 或 HTML</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Print…</source>
        <translation>打印(&amp;P)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Print the document</source>
        <translation>打印文档</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Print pre&amp;view…</source>
        <translation>打印预览(&amp;V)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>See the pages before they are printed</source>
        <translation>打印前查看页面</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Close this document</source>
        <translation>关闭此文档</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Close the window</source>
        <translation>关闭窗口</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Take the last change back</source>
        <translation>撤销上一次更改</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Make it again</source>
        <translation>重新执行撤销的更改</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Move the selection to the clipboard</source>
        <translation>将所选内容移到剪贴板</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <location filename="../../gpt_assistant/ui/connections_dialog.py"/>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Copy the selection</source>
        <translation>复制所选内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Insert the clipboard</source>
        <translation>插入剪贴板内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Select the whole text</source>
        <translation>选择全部文本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Find…</source>
        <translation>查找(&amp;F)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Search this document</source>
        <translation>在此文档中查找</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>R&amp;eplace…</source>
        <translation>替换(&amp;E)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Search and replace</source>
        <translation>查找并替换</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Find &amp;next</source>
        <translation>查找下一个(&amp;N)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Go to the next match</source>
        <translation>转到下一个匹配项</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Find pre&amp;vious</source>
        <translation>查找上一个(&amp;V)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Go to the one before</source>
        <translation>转到上一个匹配项</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Models…</source>
        <translation>模型(&amp;M)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Which are here, which can be fetched, which is used</source>
        <translation>本机有哪些，可获取哪些，正在使用哪个</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Meas&amp;ure on my documents…</source>
        <translation>在我的文档上测量(&amp;U)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Which model saves most keys in your texts</source>
        <translation>哪个模型在您的文本中节省最多按键</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Change how the program behaves</source>
        <translation>更改程序的行为</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Normal size</source>
        <translation>正常大小(&amp;N)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>The size in the settings</source>
        <translation>使用设置中的字号</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Wrap long lines</source>
        <translation>自动换行(&amp;W)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Break lines at the edge</source>
        <translation>在边缘换行</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;System theme</source>
        <translation>跟随系统主题(&amp;S)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Follow the desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Light theme</source>
        <translation>浅色主题(&amp;L)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Dark text on a light page</source>
        <translation>浅底深字</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Dark theme</source>
        <translation>深色主题(&amp;D)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Light text on a dark page</source>
        <translation>深底浅字</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;High contrast, light</source>
        <translation>高对比度浅色(&amp;H)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Black on white</source>
        <translation>白底黑字</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>High &amp;contrast, dark</source>
        <translation>高对比度深色(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>White on black</source>
        <translation>黑底白字</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Focus &amp;mode</source>
        <translation>专注模式(&amp;M)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Dim all but what you are writing</source>
        <translation>只突出正在写的内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Typewriter scrolling</source>
        <translation>打字机滚动(&amp;T)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Keep the caret's line at one height</source>
        <translation>光标所在行保持在同一高度</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>How predicta&amp;ble is my text?</source>
        <translation>我的文本有多可预测？(&amp;B)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>By rank</source>
        <translation>按排名</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Mood of the par&amp;agraph</source>
        <translation>段落的情绪(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>In the status bar</source>
        <translation>显示在状态栏中</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Mood of the te&amp;xt</source>
        <translation>全文的情绪(&amp;X)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>As a curve, with shares</source>
        <translation>以曲线显示，并列出比例</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Who w&amp;rote what</source>
        <translation>谁写了什么(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Shade it by its origin</source>
        <translation>按来源加底色</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Next &amp;part of the window</source>
        <translation>窗口的下一部分(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Text, notices, review, status bar</source>
        <translation>文本、通知、审阅窗格、状态栏</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Only the text</source>
        <translation>只显示文本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Next document</source>
        <translation>下一个文档(&amp;N)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>The tab to the right</source>
        <translation>右侧的标签页</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Previous document</source>
        <translation>上一个文档(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>The tab to the left</source>
        <translation>左侧的标签页</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Encoding…</source>
        <translation>编码(&amp;E)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>How letters are stored in the file</source>
        <translation>字符在文件中的存储方式</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Line ends…</source>
        <translation>换行符(&amp;L)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>How lines end in the file</source>
        <translation>文件中行的结束方式</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Word &amp;goal…</source>
        <translation>字数目标(&amp;G)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>For this session or this document</source>
        <translation>针对本次写作或此文档</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Statistics…</source>
        <translation>统计(&amp;S)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Words, sentences, who wrote what</source>
        <translation>字数、句数、谁写了什么</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Report on who wrote what…</source>
        <translation>“谁写了什么”报告(&amp;R)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>As a web page or JSON</source>
        <translation>存为网页或 JSON</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Summarise</source>
        <translation>概括(&amp;S)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Summarise the selection, or the whole text</source>
        <translation>概括所选内容或全文</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Re&amp;write as…</source>
        <translation>改写为(&amp;W)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Choose how to rewrite it</source>
        <translation>选择改写方式</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Tra&amp;nslate</source>
        <translation>翻译(&amp;N)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Translate it</source>
        <translation>进行翻译</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Own instruction…</source>
        <translation>自定义指令(&amp;O)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Say how to rewrite it</source>
        <translation>说明如何改写</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Go to the review</source>
        <translation>转到审阅窗格(&amp;G)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>From the text and back</source>
        <translation>在文本与审阅窗格之间切换</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Check spelling as I type</source>
        <translation>输入时检查拼写(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Underline what is misspelt</source>
        <translation>在拼写错误处加下划线</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>C&amp;orrections</source>
        <translation>更正建议(&amp;O)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>For the word at the caret</source>
        <translation>针对光标处的词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Next issue</source>
        <translation>下一个问题(&amp;N)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Go to the next spelling issue</source>
        <translation>转到下一个拼写问题</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Previous issue</source>
        <translation>上一个问题(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Correct &amp;all spelling</source>
        <translation>更正所有拼写(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Look through all corrections</source>
        <translation>查看所有更正</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;List of issues</source>
        <translation>问题列表(&amp;L)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>All spelling issues of the document</source>
        <translation>文档的所有拼写问题</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Why this suggestion?</source>
        <translation>为什么是这个建议？(&amp;W)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Or this word, or why none</source>
        <translation>或这个词，或为什么没有建议</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Why &amp;no suggestion?</source>
        <translation>为什么没有建议？(&amp;N)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>What the model was not sure of</source>
        <translation>模型对什么没有把握</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>What &amp;led to it?</source>
        <translation>是什么促成了它？(&amp;L)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Shade the earlier words by their weight</source>
        <translation>按权重给前面的词着色</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Why this &amp;mood?</source>
        <translation>为什么是这种情绪？(&amp;M)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Colour the words by it</source>
        <translation>按情绪给词语着色</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Comman&amp;ds…</source>
        <translation>命令(&amp;D)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Everything by a few letters</source>
        <translation>输入几个字即可找到任何命令</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Complete as I type</source>
        <translation>输入时自动补全(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Show grey suggestions</source>
        <translation>显示灰色建议</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Forget what was learnt…</source>
        <translation>忘记学到的内容(&amp;F)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Delete the phrases kept from what you took</source>
        <translation>删除从已采纳建议中保存的短语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Who &amp;wrote what: what is remembered…</source>
        <translation>谁写了什么：已记住的内容(&amp;W)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>See it and delete it</source>
        <translation>查看并删除</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>What would &amp;be sent…</source>
        <translation>将会发送的内容(&amp;B)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>The text without names, numbers and the like</source>
        <translation>去掉姓名、号码等之后的文本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>D&amp;ata on this machine…</source>
        <translation>这台机器上的数据(&amp;A)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>What is kept, where, and how much</source>
        <translation>保存了什么、在哪里、有多少</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Network connections…</source>
        <translation>网络连接(&amp;N)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>To where, and why</source>
        <translation>连到哪里，为什么</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Load the model again</source>
        <translation>重新加载模型(&amp;L)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>After an error, or when its file changed</source>
        <translation>出错后，或模型文件更改时</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Keys</source>
        <translation>快捷键(&amp;K)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Every key, with a search</source>
        <translation>所有按键，可搜索</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;First steps</source>
        <translation>入门(&amp;F)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>A document to try things out in</source>
        <translation>用于试用的文档</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;Diagnostics…</source>
        <translation>诊断信息(&amp;D)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>What helps with a problem, without your text</source>
        <translation>有助于解决问题的信息，不含您的文本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>&amp;About GPT Assistant</source>
        <translation>关于 GPT Assistant(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>Version and licences</source>
        <translation>版本与许可证</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/actions.py"/>
        <source>{menu}: {action}</source>
        <translation>{menu}：{action}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Fix spelling</source>
        <translation>修正拼写</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Correct misspelt words and nothing else</source>
        <translation>只更正拼写错误的词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Say in one sentence what it is about</source>
        <translation>用一句话说明内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Say in a few sentences what it is about</source>
        <translation>用几句话说明内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Say in some paragraphs what it is about</source>
        <translation>用几段话说明内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>List what it is about</source>
        <translation>列出要点</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Shorter</source>
        <translation>更短</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Say the same in fewer words</source>
        <translation>用更少的词表达同样的意思</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Longer</source>
        <translation>更长</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Say the same at more length</source>
        <translation>更详细地表达同样的意思</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Simpler</source>
        <translation>更简单</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Plain words and short sentences</source>
        <translation>用词平易，句子简短</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>More formal</source>
        <translation>更正式</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>As in a letter to an office</source>
        <translation>像写公函一样</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Friendlier</source>
        <translation>更亲切</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>As to somebody one likes</source>
        <translation>像写给亲近的人</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Fix grammar</source>
        <translation>修正语法</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Correct mistakes and nothing else</source>
        <translation>只改正错误</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>As bullet points</source>
        <translation>改为要点列表</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>One point for each thought</source>
        <translation>每个想法一条</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Without personal data</source>
        <translation>去掉个人信息</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Placeholders for names, numbers and the like</source>
        <translation>用占位符代替姓名、号码等</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Bangla</source>
        <translation>孟加拉语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Translation into {language}</source>
        <translation>译文（{language}）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Translate into {language}</source>
        <translation>翻译为{language}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/asking.py"/>
        <source>Own instruction</source>
        <translation>自定义指令</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/assistant.py"/>
        <source>{reason}: {why}</source>
        <translation>{reason}：{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/autocorrect.py"/>
        <source>“{old}” was corrected to “{new}”.</source>
        <translation>“{old}”已改正为“{new}”。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/autocorrect.py"/>
        <source>“{word}” stays as it is.</source>
        <translation>“{word}”保持不变。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/autocorrect.py"/>
        <source>{what} {key} on it offers to add it to your words.</source>
        <translation>{what}在其上按 {key} 可将它加入您的词汇。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/autocorrect.py"/>
        <source>{what} {key} takes it back.</source>
        <translation>{what}按 {key} 可恢复。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/autosave.py"/>
        <source>{title} can only be saved under another name.</source>
        <translation>{title} 只能以其他名称保存。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/autosave.py"/>
        <source>{title} was changed or removed by another program.</source>
        <translation>{title} 已被另一程序更改或删除。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/autosave.py"/>
        <source>{title} is read-only.</source>
        <translation>{title} 是只读的。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/autosave.py"/>
        <source>{title} was saved.</source>
        <translation>{title} 已保存。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/autosave.py"/>
        <source>Not saved by itself: {why}</source>
        <translation>未自动保存：{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/backup.py"/>
        <source>Unsaved work is not backed up: {why}</source>
        <translation>未保存的内容没有备份：{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <location filename="../../gpt_assistant/ui/keys_dialog.py"/>
        <source>In the text</source>
        <translation>在文本中</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>{key} is the key of “{what}” ({group}).</source>
        <translation>{key} 已是“{what}”（{group}）的按键。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>While a suggestion is shown, {key} will not be “{what}”.</source>
        <translation>显示建议时，{key} 将不再是“{what}”。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>While a suggestion is shown, {key} is “{what}” and not this.</source>
        <translation>显示建议时，{key} 是“{what}”，而不是这个。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>Go a word to the left</source>
        <translation>左移一个词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>Go a word to the right</source>
        <translation>右移一个单词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>Select a word to the left</source>
        <translation>向左选择一个单词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>Select a word to the right</source>
        <translation>向右选择一个单词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>Go to the beginning of the text</source>
        <translation>移到文首</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>Go to the end of the text</source>
        <translation>移到文末</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>Select to the beginning of the text</source>
        <translation>选择到文首</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>Select to the end of the text</source>
        <translation>选择到文末</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>Delete the word before</source>
        <translation>删除前一个单词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>Delete the word behind</source>
        <translation>删除后一个单词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>Delete to the end of the line</source>
        <translation>删除到行尾</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>Begin a new line in the paragraph</source>
        <translation>在段落内换行</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>{key} is needed for writing. Choose another key.</source>
        <translation>写作需要 {key}。请选择其他按键。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>{key} opens the menu “{menu}”. Choose another key.</source>
        <translation>{key} 用于打开“{menu}”菜单。请选择其他按键。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>{key} in the text: “{what}”. It would do so no longer.</source>
        <translation>{key} 在正文中用于“{what}”，改后将不再如此。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/bindings.py"/>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/colour_control.py"/>
        <source>{colour} · {ratio:.1f}:1</source>
        <translation>{colour} · {ratio:.1f}:1</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/colour_control.py"/>
        <source>The number is its contrast on the page; at least 3:1 is needed.</source>
        <translation>数字是它在页面上的对比度；至少需要 3:1。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/colour_control.py"/>
        <source>{colour} is hardly seen on the page: its contrast is {ratio:.1f}:1, and 3:1 is needed.</source>
        <translation>{colour} 在页面上几乎看不见：对比度为 {ratio:.1f}:1，至少需要 3:1。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/colour_control.py"/>
        <source>The theme's</source>
        <translation>主题颜色</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/commands.py"/>
        <source>LF: Linux, macOS</source>
        <translation>LF：Linux、macOS</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/commands.py"/>
        <source>CRLF: Windows</source>
        <translation>CRLF：Windows</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/commands.py"/>
        <source>CR: old Macs</source>
        <translation>CR：旧版 Mac</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/commands.py"/>
        <source>Forget what was learnt</source>
        <translation>忘记学到的内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/commands.py"/>
        <source>The phrases kept from the suggestions you took are deleted. Your documents stay as they are.</source>
        <translation>将删除从已采纳建议中保存的短语。您的文档不受影响。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/commands.py"/>
        <source>Forget</source>
        <translation>忘记</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/commands.py"/>
        <source>Open &amp;recent</source>
        <translation>打开最近的文件(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/commands.py"/>
        <source>Forget what was learnt?</source>
        <translation>忘记学到的内容？</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/commands.py"/>
        <source>Save as {encoding}</source>
        <translation>保存为 {encoding}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/commands.py"/>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>Line ends</source>
        <translation>换行符</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/commands.py"/>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/commands.py"/>
        <source>None yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/commands.py"/>
        <source>&amp;Clear</source>
        <translation>清除(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/connections.py"/>
        <source>Network connections of this session: {count}. Click to see them.</source>
        <translation>本次会话的网络连接：{count}。点击查看。</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/connections.py"/>
        <source>{n:,} connections</source>
        <translation>
            <numerusform>{n:,} 个连接</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/connections.py"/>
        <source>{count}, {n:,} refused</source>
        <translation>
            <numerusform>{count}，{n:,} 个被拒绝</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/connections.py"/>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/connections.py"/>
        <source>No connections</source>
        <translation>无连接</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/connections_dialog.py"/>
        <source>Every network connection that this program has opened since it was started, and every one that it was refused. Your text stays on this machine, unless you have switched a server on.</source>
        <translation>本程序启动以来打开的每个网络连接，以及被拒绝的每个连接。您的文字留在本机，除非您启用了服务器。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/connections_dialog.py"/>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>Network connections</source>
        <translation>网络连接</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/connections_dialog.py"/>
        <source>There were none so far.</source>
        <translation>到目前为止没有。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/connections_dialog.py"/>
        <location filename="../../gpt_assistant/ui/diagnostics.py"/>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/connections_dialog.py"/>
        <source>opened</source>
        <translation>已打开</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/connections_dialog.py"/>
        <source>refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/connections_dialog.py"/>
        <source>To</source>
        <translation>目标</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/connections_dialog.py"/>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/connections_dialog.py"/>
        <source>Last</source>
        <translation>最近一次</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/connections_dialog.py"/>
        <source>Times</source>
        <translation>次数</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/connections_dialog.py"/>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>See what this program keeps, and delete it</source>
        <translation>查看此程序保存的内容，并可删除</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>Everything that this program keeps on this machine. Your documents are not in it: they lie where you saved them, and nothing here deletes them.</source>
        <translation>此程序保存在这台机器上的所有内容。您的文档不在其中：它们在您保存的位置，这里的任何操作都不会删除它们。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>Delete “{what}”, {size}?</source>
        <translation>删除“{what}”（{size}）？</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>Models, earlier versions, unsaved work of earlier runs, own words, settings and all the rest. Your documents stay as they are.</source>
        <translation>模型、早期版本、以前运行中未保存的内容、自己的词语、设置以及其余一切。您的文档保持不变。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>Data on this machine</source>
        <translation>这台机器上的数据</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>Data on this machine: what is kept, where, how much; delete it</source>
        <translation>这台机器上的数据：保存了什么、在哪里、有多少；删除</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>Looking…</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>Looking</source>
        <translation>正在查看</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>Open &amp;folder</source>
        <translation>打开文件夹(&amp;F)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>Show where it lies</source>
        <translation>显示它所在的位置</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>&amp;Delete…</source>
        <translation>删除(&amp;D)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>Delete what is selected</source>
        <translation>删除所选内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>Delete &amp;everything…</source>
        <translation>全部删除(&amp;E)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>{size} in all</source>
        <translation>共 {size}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>Delete everything, {size}?</source>
        <translation>全部删除（{size}）？</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <location filename="../../gpt_assistant/ui/deleting.py"/>
        <location filename="../../gpt_assistant/ui/instruction_dialog.py"/>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>Data on this machine…</source>
        <translation>这台机器上的数据…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>What is open and not saved stays open.</source>
        <translation>已打开但未保存的内容仍保持打开。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/data_dialog.py"/>
        <source>This cannot be undone.</source>
        <translation>此操作无法撤销。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/deleting.py"/>
        <source>This cannot be undone. The documents themselves stay as they are.</source>
        <translation>此操作无法撤销。文档本身不受影响。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/diagnostics.py"/>
        <source>For a report about a problem. It holds nothing you have written, and no names of documents or folders. This is all that is copied; nothing is sent anywhere.</source>
        <translation>用于报告问题。其中没有您写的任何内容，也没有文档或文件夹的名称。复制的只有这些；不会发送到任何地方。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/diagnostics.py"/>
        <source>Diagnostics</source>
        <translation>诊断信息</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/diagnostics.py"/>
        <source>&amp;Copy diagnostics</source>
        <translation>复制诊断信息(&amp;C)</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/document.py"/>
        <source>{n:,} bytes of this file are not valid {encoding}, the first in line {line}. They are shown as boxes and saved unchanged.</source>
        <translation>
            <numerusform>此文件有 {n:,} 个字节不是有效的 {encoding}，第一个在第 {line} 行。它们显示为方框，保存时保持不变。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/document.py"/>
        <source>Saving {title} was stopped: the file is as it was.</source>
        <translation>已停止保存 {title}：文件保持原样。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/document.py"/>
        <source>One byte of this file, in line {line}, is not valid {encoding}. It is shown as a box and saved unchanged.</source>
        <translation>此文件第 {line} 行有一个字节不是有效的 {encoding}。它显示为方框，保存时保持不变。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/document.py"/>
        <location filename="../../gpt_assistant/ui/window.py"/>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/document.py"/>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/document.py"/>
        <source>Opening {title}…</source>
        <translation>正在打开 {title}…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/document.py"/>
        <source>Saving {title}…</source>
        <translation>正在保存 {title}…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/document.py"/>
        <source>This file mixes kinds of line ends; saving makes them all the same.</source>
        <translation>此文件混用了多种换行符；保存时会统一。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/editor.py"/>
        <location filename="../../gpt_assistant/ui/why.py"/>
        <location filename="../../gpt_assistant/ui/why_popup.py"/>
        <source>{suggestion}. {how}</source>
        <translation>{suggestion}。{how}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/encryption.py"/>
        <source>Not all of it was converted; all of it can be read. {why}</source>
        <translation>并非全部都已转换；全部内容仍可读取。{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/encryption.py"/>
        <source>Put aside what cannot be read?</source>
        <translation>将无法读取的内容放到一边？</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/encryption.py"/>
        <source>Earlier versions, own words and the like begin empty. The encrypted files stay in {folder}, under other names, for the day when the key is found again.</source>
        <translation>早期版本、自己的词语等将从空白开始。加密文件以其他名称保留在 {folder} 中，以备日后找回密钥。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/encryption.py"/>
        <source>Begin anew</source>
        <translation>重新开始</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/encryption.py"/>
        <source>{n} encrypted files were put aside.</source>
        <translation>
            <numerusform>已将 {n} 个加密文件放到一边。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/encryption.py"/>
        <source>It is not encrypted. {why}</source>
        <translation>未加密。{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/encryption.py"/>
        <source>It stays encrypted. {why}</source>
        <translation>仍保持加密。{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/encryption.py"/>
        <source>Encrypting what is kept here of your text…</source>
        <translation>正在加密此处保存的您的文字…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/encryption.py"/>
        <source>Taking the encryption off…</source>
        <translation>正在解除加密…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/encryption.py"/>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/encryption.py"/>
        <source>Some of it is in use, or out of reach: the next start converts the rest.</source>
        <translation>其中一部分正在使用或无法读取：下次启动时会转换其余部分。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/encryption.py"/>
        <source>{why} Until then what is kept of your text is out of reach.</source>
        <translation>{why}在此之前，保存的您的文字无法读取。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/encryption.py"/>
        <location filename="../../gpt_assistant/ui/review_parts.py"/>
        <location filename="../../gpt_assistant/ui/server_page.py"/>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <location filename="../../gpt_assistant/ui/workbar.py"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/encryption.py"/>
        <source>What is kept here of your text is encrypted.</source>
        <translation>此处保存的您的文字已加密。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/encryption.py"/>
        <source>What is kept here of your text is no longer encrypted.</source>
        <translation>此处保存的您的文字不再加密。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source>Pages as they are printed, for reading on any machine.</source>
        <translation>与打印一致的页面，可在任何设备上阅读。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source>To go on writing in Word or another word processor.</source>
        <translation>用于在 Word 或其他文字处理软件中继续写作。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source>To go on writing in LibreOffice.</source>
        <translation>用于在 LibreOffice 中继续写作。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source>One file for a browser, with its images in it.</source>
        <translation>供浏览器查看的单个文件，图片包含在内。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source>&amp;Choose file…</source>
        <translation>选择文件(&amp;C)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source> mm</source>
        <translation> 毫米</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source>&amp;Format:</source>
        <translation>格式(&amp;F)：</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source>&amp;Paper:</source>
        <translation>纸张(&amp;P)：</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source>&amp;Margins:</source>
        <translation>页边距(&amp;M)：</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/export_dialog.py"/>
        <source>Margins</source>
        <translation>页边距</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/exporting.py"/>
        <source>Another export is still running.</source>
        <translation>另一项导出仍在进行。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/exporting.py"/>
        <location filename="../../gpt_assistant/ui/origin_report.py"/>
        <location filename="../../gpt_assistant/ui/origins.py"/>
        <source>{title} is still being opened.</source>
        <translation>{title} 仍在打开。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/exporting.py"/>
        <source>Exporting {name}…</source>
        <translation>正在导出 {name}…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/exporting.py"/>
        <source>Exported to {name}.</source>
        <translation>已导出到 {name}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_changes.py"/>
        <source>{title} was changed by another program; your changes here are not in it.</source>
        <translation>{title} 已被另一程序更改；其中没有您在此处的更改。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_changes.py"/>
        <source>{title} was changed by another program; the text here is the old one.</source>
        <translation>{title} 已被另一程序更改；此处是旧的文本。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_changes.py"/>
        <location filename="../../gpt_assistant/ui/files.py"/>
        <source>Show changes…</source>
        <translation>显示更改…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_changes.py"/>
        <location filename="../../gpt_assistant/ui/file_dialog.py"/>
        <source>Reload</source>
        <translation>重新加载</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_changes.py"/>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_changes.py"/>
        <source>{title} was deleted or moved. Saving writes it again.</source>
        <translation>{title} 已被删除或移动。保存会重新写入。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_control.py"/>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_control.py"/>
        <source>Choose: {setting}</source>
        <translation>选择：{setting}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_dialog.py"/>
        <source>{title} was changed by another program</source>
        <translation>{title} 已被另一程序更改</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_dialog.py"/>
        <source>Changes by another program</source>
        <translation>另一程序所做的更改</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_dialog.py"/>
        <source>Reading the file…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_dialog.py"/>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_dialog.py"/>
        <source>Take every change that does not collide with one of yours</source>
        <translation>采用与您的更改不冲突的所有更改</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_dialog.py"/>
        <source>Take the file as it is, without your changes</source>
        <translation>采用文件现状，不含您的更改</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_dialog.py"/>
        <source>Go on with this text</source>
        <translation>继续使用此文本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_dialog.py"/>
        <source>The next save replaces what is on disk</source>
        <translation>下次保存会替换磁盘上的内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_dialog.py"/>
        <source>Decide later</source>
        <translation>稍后决定</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_dialog.py"/>
        <source>Close; nothing is changed</source>
        <translation>关闭，不做任何更改</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_dialog.py"/>
        <source>Merged. These collide with your changes: accept theirs, or keep yours.</source>
        <translation>已合并。以下更改与您的冲突：请接受对方的，或保留您的。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_dialog.py"/>
        <source>The next save writes this text over the changed file.</source>
        <translation>下次保存会用此文本覆盖已更改的文件。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_dialog.py"/>
        <source>What the file has instead. Accept a change to take it; your own changes are among them.</source>
        <translation>文件中的不同之处。接受某处更改即采用它；其中也包括您自己的更改。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_dialog.py"/>
        <source>What was changed in the file: places that only they changed: {taken}; places that you have changed too: {collisions}.</source>
        <translation>文件中的更改：仅对方更改之处：{taken}；您也更改过之处：{collisions}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/file_dialog.py"/>
        <source>What was changed in the file; none of it collides with your changes.</source>
        <translation>文件中的更改；均不与您的更改冲突。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/files.py"/>
        <source>Text and Markdown (*.txt *.md *.markdown *.text);;All files (*)</source>
        <translation>文本和 Markdown (*.txt *.md *.markdown *.text);;所有文件 (*)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/files.py"/>
        <source>Save “{title}”?</source>
        <translation>保存“{title}”？</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/files.py"/>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/files.py"/>
        <location filename="../../gpt_assistant/ui/instruction_dialog.py"/>
        <location filename="../../gpt_assistant/ui/reviewing.py"/>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/files.py"/>
        <source>The file was changed by another program</source>
        <translation>文件已被另一程序更改</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/files.py"/>
        <source>{title} is not as it was when you opened it. Saving replaces what is there.</source>
        <translation>{title} 与您打开时不同。保存会替换现有内容。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/files.py"/>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/files.py"/>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/files.py"/>
        <source>The text does not fit the encoding</source>
        <translation>文本不适合此编码</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/files.py"/>
        <source>Save as UTF-8</source>
        <translation>保存为 UTF-8</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/files.py"/>
        <source>{title} is still being opened. Try again when all of it is there.</source>
        <translation>{title} 仍在打开。请在全部载入后重试。</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/files.py"/>
        <source>Save {n} documents?</source>
        <translation>
            <numerusform>保存 {n} 个文档？</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/files.py"/>
        <source>Changes that are not saved will be lost.</source>
        <translation>未保存的更改将会丢失。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <location filename="../../gpt_assistant/ui/find_keys.py"/>
        <source>Find and replace</source>
        <translation>查找和替换</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <source>Replace with</source>
        <translation>替换为</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <source>Whole words only</source>
        <translation>全字匹配</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <source>Regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <source>Matches</source>
        <translation>匹配项</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <location filename="../../gpt_assistant/ui/find_keys.py"/>
        <source>Previous match</source>
        <translation>上一个匹配项</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <location filename="../../gpt_assistant/ui/find_keys.py"/>
        <source>Next match</source>
        <translation>下一个匹配项</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <source>{number:,} of {total:,}</source>
        <translation>第 {number:,} 个，共 {total:,} 个</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <source>Replace this match</source>
        <translation>替换此匹配项</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <source>Replace all</source>
        <translation>全部替换</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <source>Replace every match, as one step to undo</source>
        <translation>替换所有匹配项，可一次撤销</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <source>{total:,} found</source>
        <translation>找到 {total:,} 个</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <source>No match</source>
        <translation>无匹配项</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/find.py"/>
        <source>{count:,} replaced</source>
        <translation>已替换 {count:,} 处</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/focus.py"/>
        <source>Focus mode. {key} ends it.</source>
        <translation>专注模式。按 {key} 退出。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/goal.py"/>
        <source>{done:,} / {goal:,}</source>
        <translation>{done:,}/{goal:,}</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/goal.py"/>
        <source>Words written so far in this session: {n:,}. What you delete is taken off. A session lasts until the next day; closing the program does not end it.</source>
        <translation>
            <numerusform>本次写作至今写了 {n:,} 字。删除的字会扣除。一次写作持续到次日；关闭程序不会结束。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/goal.py"/>
        <source>Goal: this document has {done:,} of {goal:,} words</source>
        <translation>目标：此文档已有 {done:,} 字，目标 {goal:,} 字</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/goal.py"/>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>Word goal</source>
        <translation>字数目标</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/goal.py"/>
        <source>Words to write in this session</source>
        <translation>本次写作的目标字数</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/goal.py"/>
        <source>Words that this document is to have</source>
        <translation>此文档的目标字数</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/goal.py"/>
        <source>No goal</source>
        <translation>无目标</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/goal.py"/>
        <source>You have written {n:,} words in this session: your goal is reached.</source>
        <translation>
            <numerusform>您在本次写作中写了 {n:,} 字：已达到目标。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/goal.py"/>
        <source>Goal: {done:,} of {goal:,} words written in this session</source>
        <translation>目标：本次写作已写 {done:,} 字，目标 {goal:,} 字</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/goal.py"/>
        <source>In this &amp;session:</source>
        <translation>本次写作(&amp;S)：</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/goal.py"/>
        <source>In this &amp;document:</source>
        <translation>此文档(&amp;D)：</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/goal.py"/>
        <source>This document has {n:,} words: your goal is reached.</source>
        <translation>
            <numerusform>此文档已有 {n:,} 字：已达到目标。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/help.py"/>
        <source>First steps</source>
        <translation>入门</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>saved by itself</source>
        <translation>自动保存</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>while writing</source>
        <translation>写作中</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>as it was opened</source>
        <translation>打开时</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>before reloading</source>
        <translation>重新加载前</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>before restoring</source>
        <translation>恢复前</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>by another program</source>
        <translation>由另一程序更改</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>closed without saving</source>
        <translation>未保存即关闭</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>Delete all versions of “{title}”?</source>
        <translation>删除“{title}”的所有版本？</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>Versions, the latest first</source>
        <translation>版本，最新的在前</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>Put this version in place of the text</source>
        <translation>用此版本替换文本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>Open as new document</source>
        <translation>作为新文档打开</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>Show this version in a tab of its own</source>
        <translation>在新标签页中显示此版本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <location filename="../../gpt_assistant/ui/origins_kept.py"/>
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>Delete all versions of this document</source>
        <translation>删除此文档的所有版本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <location filename="../../gpt_assistant/ui/origins_kept.py"/>
        <source>Delete all…</source>
        <translation>全部删除…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>Delete all versions of every document</source>
        <translation>删除所有文档的所有版本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>The earlier version is back. Undo takes it away again.</source>
        <translation>已恢复早期版本。可撤销。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>Delete all versions of every document?</source>
        <translation>删除所有文档的所有版本？</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>What would lead back to the version of {when}:</source>
        <translation>恢复到 {when} 版本所需的更改：</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>This document is not the one in front: it can be opened as a new one.</source>
        <translation>此文档不是当前文档：可作为新文档打开。</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>{n:,} characters</source>
        <translation>
            <numerusform>{n:,} 个字符</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>Earlier versions are switched off in the settings.</source>
        <translation>已在设置中关闭早期版本。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/history_dialog.py"/>
        <source>There is no earlier version.</source>
        <translation>没有早期版本。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/instruction_dialog.py"/>
        <source>A new one</source>
        <translation>新指令</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/instruction_dialog.py"/>
        <source>Rewrite by your own instruction</source>
        <translation>按自定义指令改写</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/instruction_dialog.py"/>
        <source>Saved instructions</source>
        <translation>已保存的指令</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/instruction_dialog.py"/>
        <source>Delete this saved instruction</source>
        <translation>删除这条已保存的指令</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/instruction_dialog.py"/>
        <source>Instruction</source>
        <translation>指令</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/instruction_dialog.py"/>
        <source>Name to save it under</source>
        <translation>保存名称</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/instruction_dialog.py"/>
        <source>Rewrite</source>
        <translation>改写</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/instruction_dialog.py"/>
        <source>Rewrite this as a …</source>
        <translation>将其改写为…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/instruction_dialog.py"/>
        <source>Leave it empty to use it once</source>
        <translation>留空则只使用一次</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/instruction_dialog.py"/>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/instruction_dialog.py"/>
        <source>It could not be deleted: {why}</source>
        <translation>无法删除：{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/instruction_dialog.py"/>
        <location filename="../../gpt_assistant/ui/masking_words.py"/>
        <source>It could not be saved: {why}</source>
        <translation>无法保存：{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/key_button.py"/>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/key_button.py"/>
        <source>Press it, then the new key. Backspace takes the key away.</source>
        <translation>点按后再按新的按键。退格键可去掉按键。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/key_button.py"/>
        <source>Press a key…</source>
        <translation>请按键…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/key_change.py"/>
        <location filename="../../gpt_assistant/ui/server_page.py"/>
        <source>Reset</source>
        <translation>恢复</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/key_change.py"/>
        <source>Leave it as it is</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/key_change.py"/>
        <source>Another key…</source>
        <translation>另加按键…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/key_change.py"/>
        <source>These keys are the same everywhere; they stay as they are.</source>
        <translation>这些按键在各处都一样，不能更改。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/key_change.py"/>
        <source>Key of {what}</source>
        <translation>“{what}”的按键</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/key_change.py"/>
        <source>Another key for {what}</source>
        <translation>为“{what}”另加按键</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/key_change.py"/>
        <source>{key} types text. Choose a key that types nothing.</source>
        <translation>{key} 会输入文字。请选择不输入文字的按键。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/key_change.py"/>
        <source>Choose a line to change its keys.</source>
        <translation>选择一行以更改其按键。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/key_change.py"/>
        <source>Use it all the same</source>
        <translation>仍然使用</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/key_change.py"/>
        <source>Take it from there</source>
        <translation>从那里取用</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/keys.py"/>
        <source>{key} takes it</source>
        <translation>按 {key} 采纳</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/keys.py"/>
        <source>{key} takes its next word</source>
        <translation>按 {key} 采纳下一个词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/keys.py"/>
        <source>{key} hides it</source>
        <translation>按 {key} 隐藏</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/keys.py"/>
        <location filename="../../gpt_assistant/ui/palette_list.py"/>
        <location filename="../../gpt_assistant/ui/why_popup.py"/>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/keys_control.py"/>
        <source>“Keys of the menus” can take it from there.</source>
        <translation>可在“菜单的按键”中从该处取用。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/keys_control.py"/>
        <source>Change… ({count} changed)</source>
        <translation>更改…（已改 {count} 项）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/keys_control.py"/>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/keys_dialog.py"/>
        <source>Larger or smaller text</source>
        <translation>放大或缩小文字</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/keys_dialog.py"/>
        <source>Ctrl+mouse wheel</source>
        <translation>Ctrl+鼠标滚轮</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/keys_dialog.py"/>
        <source>Go to the beginning or the end of the line</source>
        <translation>移到行首或行尾</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/keys_dialog.py"/>
        <source>Search keys</source>
        <translation>搜索按键</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/keys_dialog.py"/>
        <source>No key has these words.</source>
        <translation>没有包含这些词的按键。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/keys_dialog.py"/>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/keys_dialog.py"/>
        <source>Reset all keys</source>
        <translation>恢复全部按键</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/keys_dialog.py"/>
        <source>Give every action its first keys again?</source>
        <translation>将所有操作恢复为最初的按键？</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/keys_dialog.py"/>
        <source>What it does</source>
        <translation>功能</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/licences.py"/>
        <source>The icons and the sample texts are part of the program.</source>
        <translation>图标和示例文本是程序的一部分。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/licences.py"/>
        <source>The names of places that masking knows are from GeoNames (CC BY 4.0).</source>
        <translation>隐藏功能所知的地名来自 GeoNames（CC BY 4.0）。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/licences.py"/>
        <source>see its text</source>
        <translation>见其文本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/licences.py"/>
        <source>This package brings no text of its licence: {licence}.</source>
        <translation>此软件包未附带许可证文本：{licence}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/licences.py"/>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/machine.py"/>
        <source>{name} is on this machine now.</source>
        <translation>{name} 现已在本机上。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/machine.py"/>
        <source>{size} are free again.</source>
        <translation>已释放 {size}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking.py"/>
        <location filename="../../gpt_assistant/ui/server.py"/>
        <location filename="../../gpt_assistant/ui/tasks.py"/>
        <source>There is no model to ask.</source>
        <translation>没有可用的模型。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>Nothing personal was found: the text would be sent as it is.</source>
        <translation>没有发现个人信息：文本将按原样发送。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>Replaced, and put back in the answer: {parts}.</source>
        <translation>已替换，并会在答复中还原：{parts}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>What is replaced</source>
        <translation>被替换的内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>What would be sent</source>
        <translation>将会发送的内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <location filename="../../gpt_assistant/ui/mood_legend.py"/>
        <location filename="../../gpt_assistant/ui/reading_panel.py"/>
        <location filename="../../gpt_assistant/ui/review_parts.py"/>
        <location filename="../../gpt_assistant/ui/server_page.py"/>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <location filename="../../gpt_assistant/ui/workbar.py"/>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>The text as it would be sent</source>
        <translation>将要发送的文本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>Show the &amp;original</source>
        <translation>显示原文(&amp;O)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>&amp;Never hide</source>
        <translation>从不隐藏(&amp;N)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>Never hide what is selected, in any text</source>
        <translation>在任何文本中都不隐藏所选内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>&amp;Copy the text</source>
        <translation>复制文本(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>Copy the text with its placeholders</source>
        <translation>复制带占位符的文本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>What is replaced, and your own words</source>
        <translation>被替换的内容和您自己的词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>Replaced</source>
        <translation>已替换</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>Looking for what is personal…</source>
        <translation>正在查找个人信息…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>It cannot be told what is personal: {why}</source>
        <translation>无法判断哪些是个人信息：{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>{kind}: {count}</source>
        <translation>{kind}：{count}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>You have selected a part of the text; only that is shown.</source>
        <translation>您选择了文本的一部分；只显示该部分。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>Placeholder</source>
        <translation>占位符</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>Stands for</source>
        <translation>代表</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_preview.py"/>
        <source>Copied, with placeholders.</source>
        <translation>已复制，含占位符。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_words.py"/>
        <source>always hidden</source>
        <translation>总是隐藏</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_words.py"/>
        <source>never hidden</source>
        <translation>从不隐藏</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_words.py"/>
        <source>A word or a name</source>
        <translation>一个词或名称</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_words.py"/>
        <source>&amp;Always hide</source>
        <translation>总是隐藏(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_words.py"/>
        <source>Always hide this word</source>
        <translation>总是隐藏这个词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_words.py"/>
        <source>Ne&amp;ver hide</source>
        <translation>从不隐藏(&amp;V)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_words.py"/>
        <source>Never hide this word</source>
        <translation>从不隐藏这个词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_words.py"/>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_words.py"/>
        <source>Take the word from the list</source>
        <translation>把这个词从列表中移除</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_words.py"/>
        <source>Word</source>
        <translation>词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_words.py"/>
        <source>Hidden</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_words.py"/>
        <source>They count wherever texts are masked.</source>
        <translation>凡是隐藏个人信息之处，它们都生效。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/masking_words.py"/>
        <source>They could not be read: {why}</source>
        <translation>无法读取：{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>The models type pieces of your texts behind what stands before them. You see how many keys each would have saved you, on this machine. Your texts stay here, and you can go on writing.</source>
        <translation>各模型接着前文输入您文本的片段。您会看到每个模型在这台机器上能为您节省多少按键。您的文本不会离开本机，您可以继续写作。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>{count} to measure, about {minutes} min</source>
        <translation>待测 {count} 个，约 {minutes} 分钟</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>Measure on my documents</source>
        <translation>在我的文档上测量</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>Models on this machine</source>
        <translation>本机上的模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>Choose files to measure on</source>
        <translation>选择用于测量的文件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>Each in 8 and in 4 bits too</source>
        <translation>每个也测 8 位和 4 位</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>Each on every device</source>
        <translation>每个在所有设备上测</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>Seconds for each model</source>
        <translation>每个模型的秒数</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>&amp;Measure</source>
        <translation>测量(&amp;M)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>Measure the models chosen</source>
        <translation>测量所选模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>&amp;Use this model</source>
        <translation>使用此模型(&amp;U)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>Use the model that is recommended</source>
        <translation>使用推荐的模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>Time for &amp;each</source>
        <translation>每个的时间(&amp;E)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>Choose texts</source>
        <translation>选择文本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>about {size} of memory</source>
        <translation>约 {size} 内存</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>{name} · {size}, too much</source>
        <translation>{name} · {size}，过大</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>{name}, {number} of {count}</source>
        <translation>{name}，第 {number} 个，共 {count} 个</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>Open a document of some paragraphs, or add a file.</source>
        <translation>请打开一篇有几段文字的文档，或添加文件。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>There is no model on this machine yet.</source>
        <translation>本机上还没有模型。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>Choose a model.</source>
        <translation>请选择模型。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>{file} is too short: some paragraphs are needed.</source>
        <translation>{file} 太短：需要几段文字。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>&amp;Texts</source>
        <translation>文本(&amp;T)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>M&amp;odels</source>
        <translation>模型(&amp;O)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring.py"/>
        <source>{file} is too large: choose a shorter text.</source>
        <translation>{file} 太大：请选择较短的文本。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring_run.py"/>
        <source>It could not be started: {why}.</source>
        <translation>无法启动：{why}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring_table.py"/>
        <source>{half:.0f} / {most:.0f} ms</source>
        <translation>{half:.0f} / {most:.0f} 毫秒</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring_table.py"/>
        <source>What was measured</source>
        <translation>测量结果</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring_table.py"/>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring_table.py"/>
        <source>The device, and the number format</source>
        <translation>设备和数字格式</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring_table.py"/>
        <source>Keys saved</source>
        <translation>节省按键</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring_table.py"/>
        <source>Of a hundred keys, with suggestions that come within 200 ms</source>
        <translation>每百次按键，只计 200 毫秒内出现的建议</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring_table.py"/>
        <source>Right</source>
        <translation>正确</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring_table.py"/>
        <source>How many suggestions shown were right in their first word</source>
        <translation>所示建议中首词正确的比例</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring_table.py"/>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring_table.py"/>
        <source>To the first word: half of the suggestions, nine of ten, in milliseconds</source>
        <translation>到首词的时间：半数建议、九成建议，毫秒</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring_table.py"/>
        <source>Bits</source>
        <translation>比特</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring_table.py"/>
        <source>How surprising a character is to the model; less is better</source>
        <translation>一个字符对模型有多意外；越小越好</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring_table.py"/>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring_table.py"/>
        <source>What its process took in all</source>
        <translation>其进程共占用</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/measuring_table.py"/>
        <source>loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/model_controls.py"/>
        <source>the default model</source>
        <translation>默认模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/model_controls.py"/>
        <source>Models…</source>
        <translation>模型…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/model_controls.py"/>
        <source>Fetch, compare and delete models</source>
        <translation>获取、比较和删除模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/model_controls.py"/>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/model_controls.py"/>
        <source>{device}: not on this machine</source>
        <translation>{device}：本机没有</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/model_controls.py"/>
        <source>{format}: about {size}</source>
        <translation>{format}：约 {size}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/model_controls.py"/>
        <source>the loaded model</source>
        <translation>已加载的模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/model_life.py"/>
        <source>{why} It was started again; your text is untouched.</source>
        <translation>{why}已重新启动；您的文本未受影响。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/model_life.py"/>
        <source>{model} · asleep</source>
        <translation>{model} · 休眠中</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/model_life.py"/>
        <source>{model}; texts: {server}</source>
        <translation>{model}；文本：{server}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>Fetch ({size})</source>
        <translation>获取（{size}）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>Prepare</source>
        <translation>准备</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>Go on fetching</source>
        <translation>继续获取</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>I accept these terms</source>
        <translation>我接受这些条款</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>Progress of fetching</source>
        <translation>获取进度</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Fetch</source>
        <translation>获取</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>Fetch this model</source>
        <translation>获取此模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>Complete and write with this model</source>
        <translation>用此模型补全和写作</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>Delete this model from this machine</source>
        <translation>从本机删除此模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>Made for</source>
        <translation>用途</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>By number format</source>
        <translation>按数字格式</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>{millions:.0f} million</source>
        <translation>{millions:.0f} 百万</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_details.py"/>
        <source>In use</source>
        <translation>正在使用</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>{size} are free then. It can be fetched again.</source>
        <translation>将释放 {size}。可以再次获取。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Delete {name} from this machine?</source>
        <translation>从本机删除 {name}？</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>{size} are free then. Your own GGUF file stays.</source>
        <translation>将释放 {size}。您自己的 GGUF 文件会保留。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Which models are shown</source>
        <translation>显示哪些模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>What the models are for</source>
        <translation>模型的用途</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Which language</source>
        <translation>哪种语言</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Progress of adding</source>
        <translation>添加进度</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Add a model that is not in the list</source>
        <translation>添加列表中没有的模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>GGUF &amp;file…</source>
        <translation>GGUF 文件(&amp;F)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>F&amp;older…</source>
        <translation>文件夹(&amp;O)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>From the &amp;hub…</source>
        <translation>来自 hub(&amp;H)…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Open the folder of models</source>
        <translation>打开模型文件夹</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Show where the models lie</source>
        <translation>显示模型所在位置</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>{name} (in use)</source>
        <translation>{name}（正在使用）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>The models here take {taken}; {free} are free in {folder}.</source>
        <translation>本机的模型占用 {taken}；{folder} 还有 {free} 可用。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Delete a model</source>
        <translation>删除模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Choose the folder of a model</source>
        <translation>选择模型的文件夹</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>From the hub</source>
        <translation>来自 hub</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>The name of a model on the Hugging Face hub, such as org/name. Its licence is on its page.</source>
        <translation>Hugging Face hub 上的模型名称，例如 org/name。其许可证见该模型的页面。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Fetching: {percent:.0f} %</source>
        <translation>正在获取：{percent:.0f} %</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Fetching…</source>
        <translation>正在获取…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Looking for the models…</source>
        <translation>正在查找模型…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>GGUF files (*.gguf)</source>
        <translation>GGUF 文件 (*.gguf)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>All models</source>
        <translation>所有模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>On this machine</source>
        <translation>在本机上</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Not fetched</source>
        <translation>未获取</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>For everything</source>
        <translation>所有用途</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>completion</source>
        <translation>补全</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_dialog.py"/>
        <source>Any language</source>
        <translation>任何语言</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>completion, summaries and rewriting</source>
        <translation>补全、摘要和改写</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>translation</source>
        <translation>翻译</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>dictation</source>
        <translation>听写</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>came with the program</source>
        <translation>随程序提供</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>Python package</source>
        <translation>Python 包</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>Hugging Face hub</source>
        <translation>Hugging Face hub</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>GGUF file</source>
        <translation>GGUF 文件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>Not fetched, {size}</source>
        <translation>未获取，{size}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>about {size}: it fits, {free} is free</source>
        <translation>约 {size}：放得下，可用 {free}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>{id}: {name}, {size}, {free} free</source>
        <translation>{id}：{name}，{size}，可用 {free}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>automatic: {name}</source>
        <translation>自动：{name}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>On this machine, {size}</source>
        <translation>在本机上，{size}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>{part} of {whole} fetched</source>
        <translation>已获取 {part} / {whole}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>Came with the program</source>
        <translation>随程序提供</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>about {size}</source>
        <translation>约 {size}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>about {size}: too much, {free} is free</source>
        <translation>约 {size}：放不下，可用 {free}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>CPU: {name}, {threads} threads, {size}</source>
        <translation>CPU：{name}，{threads} 个线程，{size}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/models_words.py"/>
        <source>many languages</source>
        <translation>多种语言</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_curve.py"/>
        <source>{mood}: “{text}”</source>
        <translation>{mood}：“{text}”</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_curve.py"/>
        <source>Curve of the mood</source>
        <translation>情绪曲线</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_curve.py"/>
        <source>{name}: {said}</source>
        <translation>{name}：{said}</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/mood_fitting.py"/>
        <source>Fitted to {n} sentences; of others it reads {share} % right.</source>
        <translation>
            <numerusform>已用 {n} 个句子适配；对其他句子的判断有 {share}% 正确。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_legend.py"/>
        <source>more negative</source>
        <translation>更消极</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_legend.py"/>
        <source>More than other words this makes its sentence negative</source>
        <translation>比其他词更使句子消极</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_legend.py"/>
        <source>a little</source>
        <translation>略微</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_legend.py"/>
        <source>This makes its sentence a little more negative</source>
        <translation>使句子略微消极一些</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_legend.py"/>
        <source>This makes its sentence a little more positive</source>
        <translation>使句子略微积极一些</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_legend.py"/>
        <source>more positive</source>
        <translation>更积极</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_legend.py"/>
        <source>More than other words this makes its sentence positive</source>
        <translation>比其他词更使句子积极</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_legend.py"/>
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <source>Why this mood?</source>
        <translation>为什么是这种情绪？</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_legend.py"/>
        <location filename="../../gpt_assistant/ui/reading_panel.py"/>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_legend.py"/>
        <source>Weigh no more words</source>
        <translation>不再衡量更多词语</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_legend.py"/>
        <source>Show the text without colours (Esc)</source>
        <translation>显示不着色的文本 (Esc)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_looks.py"/>
        <source>positive</source>
        <translation>积极</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_looks.py"/>
        <source>neutral</source>
        <translation>中性</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_looks.py"/>
        <source>negative</source>
        <translation>消极</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <source>Close the panel</source>
        <translation>关闭面板</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <source>Fit the mood to this model</source>
        <translation>将情绪判断适配到此模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <source>Reads two hundred sentences that come with the program; nothing of yours</source>
        <translation>读取程序自带的两百个句子；不读取您的任何内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <source>Strongest sentences</source>
        <translation>情绪最强的句子</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <source>Colour the words by how far they push the mood</source>
        <translation>按词语对情绪的影响程度着色</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <source>Shares of the sentences: {shares}</source>
        <translation>句子的比例：{shares}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <location filename="../../gpt_assistant/ui/mood_words.py"/>
        <location filename="../../gpt_assistant/ui/predictability_panel.py"/>
        <source>Read once the model is loaded.</source>
        <translation>模型加载后读取。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <source>Fitting the mood to the model…</source>
        <translation>正在将情绪判断适配到模型…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <source>The mood is not fitted to this model yet, so that it would often be wrong.</source>
        <translation>情绪判断尚未适配到此模型，因此会经常出错。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <location filename="../../gpt_assistant/ui/mood_words.py"/>
        <source>There is no prose here to read.</source>
        <translation>这里没有可读的正文。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <source>Only what comes into sight is read on.</source>
        <translation>之后只读取进入视野的部分。</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <source>{n} paragraphs are not in English and are not read.</source>
        <translation>
            <numerusform>有 {n} 个段落不是英文，未读取。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <source>A text this long is read where it is in sight.</source>
        <translation>这么长的文本只读取视野内的部分。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <source>The rest is being read…</source>
        <translation>正在读取其余部分…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_panel.py"/>
        <location filename="../../gpt_assistant/ui/predictability_panel.py"/>
        <source>There are no words to read.</source>
        <translation>没有可读取的词。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_parts.py"/>
        <source>{sign} {mood}</source>
        <translation>{sign} {mood}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_parts.py"/>
        <source>The mood of this paragraph: {mood}, {p} % sure. Click for all of the text</source>
        <translation>这一段的情绪：{mood}，把握 {p}%。单击可查看全文</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_parts.py"/>
        <location filename="../../gpt_assistant/ui/predictability_panel.py"/>
        <source>{name}: {p} %</source>
        <translation>{name}：{p} %</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_pushes.py"/>
        <source>Without “{word}” its sentence would sound the same</source>
        <translation>没有“{word}”，句子的语气不变</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_pushes.py"/>
        <source>Without “{word}” its sentence would be a little less positive</source>
        <translation>没有“{word}”，句子的积极程度会略低一些</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_pushes.py"/>
        <source>Without “{word}” its sentence would be less positive</source>
        <translation>没有“{word}”，句子的积极程度会低一些</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_pushes.py"/>
        <source>Without “{word}” its sentence would be far less positive</source>
        <translation>没有“{word}”，句子的积极程度会低得多</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_pushes.py"/>
        <source>Without “{word}” its sentence would be a little less negative</source>
        <translation>没有“{word}”，句子的消极程度会略低一些</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_pushes.py"/>
        <source>Without “{word}” its sentence would be less negative</source>
        <translation>没有“{word}”，句子的消极程度会低一些</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_pushes.py"/>
        <source>Without “{word}” its sentence would be far less negative</source>
        <translation>没有“{word}”，句子的消极程度会低得多</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_words.py"/>
        <source>Its sentence: {mood}, {p} % sure</source>
        <translation>所在句子：{mood}，把握 {p}%</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_words.py"/>
        <source>The mood is not fitted to this model: see the panel.</source>
        <translation>情绪判断尚未适配到此模型：请查看面板。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_words.py"/>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/mood_words.py"/>
        <source>Weighing the words…</source>
        <translation>正在衡量词语…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/notice.py"/>
        <source>Notice about this document</source>
        <translation>关于此文档的通知</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/notice.py"/>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/opening.py"/>
        <source>There is not enough memory for this file.</source>
        <translation>内存不足，无法打开此文件。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origin_legend.py"/>
        <source>{share} %</source>
        <translation>{share}%</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origin_legend.py"/>
        <source>{name} {share}</source>
        <translation>{name} {share}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origin_legend.py"/>
        <source>&lt; 1 %</source>
        <translation>&lt; 1%</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origin_legend.py"/>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Nothing is known yet: what you write from now on is.</source>
        <translation>目前尚无记录：从现在起写下的内容会被记住。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origin_legend.py"/>
        <source>Statistics…</source>
        <translation>统计…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origin_legend.py"/>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Document statistics</source>
        <translation>文档统计</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origin_legend.py"/>
        <location filename="../../gpt_assistant/ui/predictability_panel.py"/>
        <source>Show the text without shades</source>
        <translation>不再为文本加底色</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origin_legend.py"/>
        <source>{name}, at the caret</source>
        <translation>{name}，光标处</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origin_report.py"/>
        <source>Web page (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origin_report.py"/>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origin_report.py"/>
        <source>Writing {name}…</source>
        <translation>正在写入 {name}…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origin_report.py"/>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origin_report.py"/>
        <location filename="../../gpt_assistant/ui/origins.py"/>
        <location filename="../../gpt_assistant/ui/origins_kept.py"/>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Who wrote what is not remembered: it is switched off in the settings.</source>
        <translation>没有记住谁写了什么：此功能已在设置中关闭。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origin_report.py"/>
        <source>{title} – who wrote what</source>
        <translation>{title} – 谁写了什么</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origin_report.py"/>
        <source>Another report is still being written.</source>
        <translation>另一份报告仍在写入。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origin_report.py"/>
        <source>The report was saved as {name}.</source>
        <translation>报告已保存为 {name}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origins_kept.py"/>
        <source>For each of these documents it is remembered who wrote which part of it, on this machine alone.</source>
        <translation>以下每个文档都记住了各部分由谁写成，只存在本机。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origins_kept.py"/>
        <source>Nothing is remembered.</source>
        <translation>没有记住任何内容。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origins_kept.py"/>
        <location filename="../../gpt_assistant/ui/window.py"/>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origins_kept.py"/>
        <source>Who wrote what: what is remembered</source>
        <translation>谁写了什么：已记住的内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origins_kept.py"/>
        <source>Documents, the latest first</source>
        <translation>文档，最近的在前</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origins_kept.py"/>
        <source>Forget who wrote what in this document</source>
        <translation>忘记此文档中谁写了什么</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origins_kept.py"/>
        <source>Forget who wrote what in all documents</source>
        <translation>忘记所有文档中谁写了什么</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origins_kept.py"/>
        <source>Forget who wrote what in all documents?</source>
        <translation>要忘记所有文档中谁写了什么吗？</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/origins_kept.py"/>
        <source>Forget who wrote what in “{title}”?</source>
        <translation>要忘记“{title}”中谁写了什么吗？</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/palette.py"/>
        <source>This cannot be done now.</source>
        <translation>现在无法执行此操作。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/palette.py"/>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/palette.py"/>
        <source>Command to look for</source>
        <translation>要查找的命令</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/palette.py"/>
        <source>Commands found</source>
        <translation>找到的命令</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/palette.py"/>
        <source>Nothing is called that.</source>
        <translation>没有这个名称的命令。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/palette.py"/>
        <source>What to do</source>
        <translation>要做什么</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/palette_list.py"/>
        <location filename="../../gpt_assistant/ui/reviewing.py"/>
        <source>{menu}: {command}</source>
        <translation>{menu}：{command}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/predictability.py"/>
        <source>“{word}”: number {rank:,} of what may stand here, {bits} ({chance})</source>
        <translation>“{word}”：此处可能出现的词中排第 {rank:,}，{bits}（{chance}）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/predictability.py"/>
        <source>Its sentence: {bits} a word</source>
        <translation>所在句子：每词 {bits}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/predictability_panel.py"/>
        <source>Predictability</source>
        <translation>可预测性</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/predictability_panel.py"/>
        <source>How predictable the text is</source>
        <translation>文本有多可预测</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/predictability_panel.py"/>
        <source>Most predictable sentences</source>
        <translation>最可预测的句子</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/predictability_panel.py"/>
        <source>Most surprising words</source>
        <translation>最意外的词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/predictability_panel.py"/>
        <source>{bits} a word in the mean.</source>
        <translation>平均每词 {bits}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/predictability_panel.py"/>
        <source>{said} Only what comes into sight is read on.</source>
        <translation>{said} 只继续读取进入视野的部分。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/predictability_panel.py"/>
        <source>{said} A text this long is read where it is in sight.</source>
        <translation>{said} 文本过长，只读取可见部分。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/predictability_panel.py"/>
        <source>{bits} a word</source>
        <translation>每词 {bits}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/predictability_panel.py"/>
        <source>{said} The rest is being read…</source>
        <translation>{said} 正在读取其余部分…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/printing.py"/>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/printing.py"/>
        <source>Preparing the pages…</source>
        <translation>正在准备页面…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/printing.py"/>
        <source>Print preview</source>
        <translation>打印预览</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/printing.py"/>
        <source>Add one in the settings of the system, or make a PDF and print that elsewhere.</source>
        <translation>请在系统设置中添加打印机，或生成 PDF 后在别处打印。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/printing.py"/>
        <source>Export as PDF…</source>
        <translation>导出为 PDF…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/printing.py"/>
        <source>{title} was not printed. Is the printer on? Try again.</source>
        <translation>{title} 未能打印。打印机开着吗？请重试。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/printing.py"/>
        <source>There is no printer.</source>
        <translation>没有打印机。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/printing.py"/>
        <source>{title} was sent to the printer.</source>
        <translation>{title} 已发送到打印机。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/rank_looks.py"/>
        <source>first 10</source>
        <translation>前 10</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/rank_looks.py"/>
        <source>first 100</source>
        <translation>前 100</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/rank_looks.py"/>
        <source>first 1,000</source>
        <translation>前 1,000</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/rank_looks.py"/>
        <source>beyond</source>
        <translation>更靠后</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/rank_looks.py"/>
        <source>Among the ten words that the model thought likeliest here</source>
        <translation>属于模型认为此处最可能的十个词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/rank_looks.py"/>
        <source>Among the hundred likeliest</source>
        <translation>属于最可能的一百个词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/rank_looks.py"/>
        <source>Among the thousand likeliest</source>
        <translation>属于最可能的一千个词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/rank_looks.py"/>
        <source>The model would hardly have thought of it</source>
        <translation>模型几乎想不到它</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>{n:,} words</source>
        <translation>
            <numerusform>{n:,} 字</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>a long text</source>
        <translation>长文本</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>{title} in {folder}</source>
        <translation>{title}（位于 {folder}）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>Unsaved work was found</source>
        <translation>发现未保存的内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>Unsaved documents; Space ticks them</source>
        <translation>未保存的文档；按空格键勾选</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>The end of the text</source>
        <translation>文本末尾</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>Not now</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>“{title}”</source>
        <translation>“{title}”</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>{n} documents</source>
        <translation>
            <numerusform>{n} 个文档</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>Delete unsaved work</source>
        <translation>删除未保存的内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>Delete the unsaved work in {what}? This cannot be undone.</source>
        <translation>删除{what}中未保存的内容？此操作无法撤销。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>the file was changed since</source>
        <translation>文件此后已被更改</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>The program ended before these were saved</source>
        <translation>程序在保存以下文档前意外结束</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/recovery.py"/>
        <source>Restoring changes no file until you save.</source>
        <translation>在您保存之前，恢复不会更改任何文件。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review.py"/>
        <source>The document was closed. Copy still works.</source>
        <translation>文档已关闭。仍可复制。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review.py"/>
        <source>Review</source>
        <translation>审阅</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review.py"/>
        <location filename="../../gpt_assistant/ui/reviewing.py"/>
        <source>{answer} is ready.</source>
        <translation>{answer} 已完成。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review.py"/>
        <source>Close the review (Esc)</source>
        <translation>关闭审阅窗格（Esc）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review.py"/>
        <source>What to ask for</source>
        <translation>请求内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review.py"/>
        <source>Language of the passage</source>
        <translation>段落的语言</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review.py"/>
        <source>Notes</source>
        <translation>说明</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review.py"/>
        <source>{answer} of the selection</source>
        <translation>所选内容的{answer}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review.py"/>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review.py"/>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review.py"/>
        <source>from {language}</source>
        <translation>原文：{language}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review.py"/>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review.py"/>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review.py"/>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_parts.py"/>
        <source>This document cannot be changed: it is closed or read-only.</source>
        <translation>无法更改此文档：它已关闭或为只读。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_parts.py"/>
        <source>about {minutes} min left</source>
        <translation>约剩 {minutes} 分钟</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_parts.py"/>
        <source>Fetch and use {name}, {about}</source>
        <translation>下载并使用 {name}，{about}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_parts.py"/>
        <source>a few seconds left</source>
        <translation>还剩几秒</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_parts.py"/>
        <source>about {seconds} s left</source>
        <translation>约剩 {seconds} 秒</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_parts.py"/>
        <source>Stop at once (Esc)</source>
        <translation>立即停止（Esc）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_parts.py"/>
        <source>on this machine</source>
        <translation>已在本机</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_parts.py"/>
        <source>Fetch and use</source>
        <translation>下载并使用</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_parts.py"/>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_parts.py"/>
        <source>{name} comes with terms of its own.</source>
        <translation>{name} 有其自己的条款。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_parts.py"/>
        <source>Accept and fetch</source>
        <translation>接受并下载</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_parts.py"/>
        <source>Working…</source>
        <translation>正在处理…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <source>Translated back into {language}</source>
        <translation>回译为{language}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <source>Tab goes from sentence to sentence, Enter shows its source.</source>
        <translation>按 Tab 在句子间移动，按 Enter 显示其出处。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <source>Insert below</source>
        <translation>插入下方</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <source>Insert below the passage</source>
        <translation>插入到该段下方</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <source>Put it in the place of the passage</source>
        <translation>替换该段</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <source>Copy to the clipboard</source>
        <translation>复制到剪贴板</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <source>Save as a file</source>
        <translation>保存为文件</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <source>Translate back</source>
        <translation>回译</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <source>Show it translated back, to check it</source>
        <translation>显示回译以便核对</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <source>Translated back</source>
        <translation>回译</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <source>Inserted below the passage. Undo takes it back.</source>
        <translation>已插入到该段下方。可撤销。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <source>The passage is replaced. Undo takes it back.</source>
        <translation>该段已替换。可撤销。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_result.py"/>
        <source>You have changed the passage since, so it stays. Insert below, or copy.</source>
        <translation>您此后更改了该段，因此予以保留。请插入下方，或复制。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>“{old}” becomes “{new}”</source>
        <translation>“{old}”改为“{new}”</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Insert “{new}”</source>
        <translation>插入“{new}”</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Delete “{old}”</source>
        <translation>删除“{old}”</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Changes</source>
        <translation>更改</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Tab goes from change to change. Enter accepts it, R or Delete rejects it, U opens it again.</source>
        <translation>按 Tab 在更改间移动。按 Enter 接受，按 R 或 Delete 拒绝，按 U 恢复为待定。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Previous change</source>
        <translation>上一处更改</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Next change</source>
        <translation>下一处更改</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Accept this change (Enter or A)</source>
        <translation>接受此更改（Enter 或 A）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Reject this change (R or Delete)</source>
        <translation>拒绝此更改（R 或 Delete）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Accept all</source>
        <translation>全部接受</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Accept every open change</source>
        <translation>接受所有待定的更改</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Reject all</source>
        <translation>全部拒绝</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Reject every open change</source>
        <translation>拒绝所有待定的更改</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Copy the whole rewriting</source>
        <translation>复制整个改写</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>{place}. {change}</source>
        <translation>{place}。{change}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Comparing…</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>You have changed these words since: they stay as they are.</source>
        <translation>您此后更改了这些词：它们保持原样。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Change {number} of {count}, {left}</source>
        <translation>第 {number} 处更改，共 {count} 处，{left}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>Nothing to change.</source>
        <translation>没有需要更改之处。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>edited by you since</source>
        <translation>此后已由您编辑</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>{count} open</source>
        <translation>{count} 处待定</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>{open} of {count} changes are open.</source>
        <translation>{count} 处更改中有 {open} 处待定。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>All {count} are decided.</source>
        <translation>{count} 处更改均已处理。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/review_rewriting.py"/>
        <source>It is decided.</source>
        <translation>更改已处理。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/reviewing.py"/>
        <source>Tra&amp;nslate into {language}</source>
        <translation>翻译为{language}(&amp;N)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/reviewing.py"/>
        <source>{answer} is ready. {key} goes to it.</source>
        <translation>{answer} 已完成。按 {key} 前往查看。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/reviewing.py"/>
        <source>{answer}, “{title}”: it is still being written.</source>
        <translation>“{title}”的{answer}仍在生成。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/reviewing.py"/>
        <source>Nothing has been asked yet. {key} lists what one may ask.</source>
        <translation>还没有提出过请求。按 {key} 列出可以请求的内容。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/reviewing.py"/>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/reviewing.py"/>
        <source>There is no text here yet to ask about.</source>
        <translation>这里还没有文本。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/reviewing.py"/>
        <source>Stop it and ask the new</source>
        <translation>停止并提出新请求</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/reviewing.py"/>
        <source>Keep on writing</source>
        <translation>继续生成</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/reviewing.py"/>
        <source>Nothing has been asked yet.</source>
        <translation>还没有提出过请求。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/search.py"/>
        <source>This search took too long and was stopped; try a simpler expression.</source>
        <translation>查找耗时过长，已停止；请尝试更简单的表达式。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/search.py"/>
        <source>nothing to repeat</source>
        <translation>没有可重复的内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/search.py"/>
        <source>multiple repeat</source>
        <translation>多重重复</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/search.py"/>
        <source>missing ), unterminated subpattern</source>
        <translation>缺少 )，子表达式未结束</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/search.py"/>
        <source>unbalanced parenthesis</source>
        <translation>括号不匹配</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/search.py"/>
        <source>unterminated character set</source>
        <translation>字符集未结束</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/search.py"/>
        <source>bad escape (end of pattern)</source>
        <translation>无效的转义（表达式末尾）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/search.py"/>
        <source>look-behind requires fixed-width pattern</source>
        <translation>后顾断言须为固定宽度</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/search.py"/>
        <source>Searching is not possible: {why}</source>
        <translation>无法查找：{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/search.py"/>
        <source>The search failed; try a simpler expression.</source>
        <translation>查找失败；请尝试更简单的表达式。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/search_worker.py"/>
        <source>Not a valid expression: {why} (at character {place})</source>
        <translation>表达式无效：{why}（第 {place} 个字符）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/search_worker.py"/>
        <source>Not a valid expression: {why}</source>
        <translation>表达式无效：{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/search_worker.py"/>
        <source>The replacement names a group that the expression does not have.</source>
        <translation>替换内容引用了表达式中没有的组。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/search_worker.py"/>
        <source>Only the first {count:,} matches are shown.</source>
        <translation>只显示前 {count:,} 个匹配项。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server.py"/>
        <source>It works: first word after {first:.0f} ms, all after {total:.0f} ms; it gives probabilities.</source>
        <translation>连接正常：{first:.0f} 毫秒后出现第一个词，{total:.0f} 毫秒后完成；提供概率。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server.py"/>
        <source>It works: first word after {first:.0f} ms, all after {total:.0f} ms; no probabilities.</source>
        <translation>连接正常：{first:.0f} 毫秒后出现第一个词，{total:.0f} 毫秒后完成；不提供概率。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server.py"/>
        <source>The key is kept in the system's keyring.</source>
        <translation>密钥已保存在系统的密钥环中。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server.py"/>
        <source>The key is deleted.</source>
        <translation>密钥已删除。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server.py"/>
        <source>{count} models. Choose one above.</source>
        <translation>共 {count} 个模型。请在上方选择。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server.py"/>
        <source>The server has one model.</source>
        <translation>该服务器有一个模型。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server.py"/>
        <source>The server has no models.</source>
        <translation>服务器没有模型。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server.py"/>
        <location filename="../../gpt_assistant/ui/tasks.py"/>
        <source>It was cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server_page.py"/>
        <source>While a server answers, these leave this machine: up to 2,400 characters before the caret whenever you type, for suggestions; and what you summarise, rewrite or translate, with your own instruction. Names, addresses, numbers and keys go as placeholders while “Hide names and the like” is on. Nothing else goes: no file names, no history, no settings. Spelling, mood and explanations stay on this machine.</source>
        <translation>由服务器作答时，以下内容会离开本机：为给出建议，每次输入时光标之前最多 2,400 个字符；以及您要求摘要、改写或翻译的内容和您自己的指令。“隐去姓名等信息”开启时，姓名、地址、号码和密钥以占位符发送。除此之外什么也不发送：没有文件名，没有历史记录，没有设置。拼写、情绪和解释始终在本机进行。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server_page.py"/>
        <source>Key and test of the server</source>
        <translation>服务器的密钥和测试</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server_page.py"/>
        <source>Key Fetch models Test connection consent</source>
        <translation>密钥 获取模型 测试连接 同意</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server_page.py"/>
        <source>Key of the server</source>
        <translation>服务器的密钥</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server_page.py"/>
        <source>Keep key</source>
        <translation>保存密钥</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server_page.py"/>
        <source>Delete key</source>
        <translation>删除密钥</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server_page.py"/>
        <source>Fetch models</source>
        <translation>获取模型</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server_page.py"/>
        <source>Test connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server_page.py"/>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server_page.py"/>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server_page.py"/>
        <source>Kept in the system's keyring.</source>
        <translation>已保存在系统的密钥环中。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/server_page.py"/>
        <source>None is kept; some servers need none.</source>
        <translation>未保存密钥；有些服务器不需要。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_controls.py"/>
        <source>System font</source>
        <translation>系统字体</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_dialog.py"/>
        <source>Your own keys and colours go too. Your documents stay as they are.</source>
        <translation>您自己的按键和颜色也会恢复默认。文档保持不变。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_dialog.py"/>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_dialog.py"/>
        <source>Groups of settings</source>
        <translation>设置分组</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_dialog.py"/>
        <source>No setting has these words.</source>
        <translation>没有包含这些词的设置。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_dialog.py"/>
        <source>Reset all</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_dialog.py"/>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_dialog.py"/>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_dialog.py"/>
        <source>Put every setting back to its default?</source>
        <translation>将所有设置恢复为默认值？</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_files.py"/>
        <source>Settings (*.toml);;All files (*)</source>
        <translation>设置 (*.toml);;所有文件 (*)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_files.py"/>
        <source>Export settings</source>
        <translation>导出设置</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_files.py"/>
        <source>Import settings</source>
        <translation>导入设置</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_files.py"/>
        <source>Nothing in {name} is different from the settings as they are.</source>
        <translation>{name} 中的内容与当前设置没有不同。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_files.py"/>
        <source>Not known here, and left out: {names}.</source>
        <translation>此版本不认识、已略去：{names}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_files.py"/>
        <source>What would change</source>
        <translation>将会更改的内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_files.py"/>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_files.py"/>
        <source>The settings are in {name}, without the keys of servers.</source>
        <translation>设置已保存在 {name} 中，不含服务器的密钥。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_files.py"/>
        <source>These settings would change:</source>
        <translation>将更改以下设置：</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_files.py"/>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_files.py"/>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_files.py"/>
        <source>After the import</source>
        <translation>导入之后</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_files.py"/>
        <source>Imported. Settings changed: {count}.</source>
        <translation>已导入。更改的设置：{count} 项。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_row.py"/>
        <source>Back to {value}</source>
        <translation>恢复为{value}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_row.py"/>
        <source>what it was at first</source>
        <translation>最初的样子</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_row.py"/>
        <source>the system's</source>
        <translation>系统默认</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_row.py"/>
        <source>{help} Takes effect at the next start.</source>
        <translation>{help}下次启动时生效。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/settings_row.py"/>
        <source>Reset {setting}</source>
        <translation>重置{setting}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/sizes.py"/>
        <source>{size:,.0f} kB</source>
        <translation>{size:,.0f} kB</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/sizes.py"/>
        <source>{size:.1f} GB</source>
        <translation>{size:.1f} GB</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/sizes.py"/>
        <source>{size:.0f} MB</source>
        <translation>{size:.0f} MB</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/sparing.py"/>
        <source>On battery: suggestions wait for a pause in your typing.</source>
        <translation>使用电池：建议等待您停顿时出现。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/sparing.py"/>
        <source>On battery: no suggestions unless you ask for one.</source>
        <translation>使用电池：除非您请求，否则没有建议。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/sparing.py"/>
        <source>This machine is hot: suggestions wait for a pause in your typing.</source>
        <translation>机器过热：建议等待您停顿时出现。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/sparing.py"/>
        <source>This machine is hot: no suggestions unless you ask for one.</source>
        <translation>机器过热：除非您请求，否则没有建议。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_commands.py"/>
        <source>Corrections for “{word}”</source>
        <translation>“{word}”的更正建议</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_commands.py"/>
        <source>no suggestion</source>
        <translation>无建议</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_commands.py"/>
        <source>{word}: {problem}. {best}</source>
        <translation>{word}：{problem}。{best}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_commands.py"/>
        <source>No spelling issue in this paragraph.</source>
        <translation>此段落中没有拼写问题。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_commands.py"/>
        <location filename="../../gpt_assistant/ui/why.py"/>
        <source>The text has changed there meanwhile.</source>
        <translation>该处文本已发生变化。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_commands.py"/>
        <location filename="../../gpt_assistant/ui/spelling_panel.py"/>
        <source>The spelling of this document is not checked.</source>
        <translation>未检查此文档的拼写。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_commands.py"/>
        <location filename="../../gpt_assistant/ui/spelling_panel.py"/>
        <source>Spelling is not checked: it is switched off.</source>
        <translation>未检查拼写：该功能已关闭。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_commands.py"/>
        <source>&amp;Remove “{word}” from my words</source>
        <translation>从我的词汇中移除“{word}”(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_commands.py"/>
        <source>&amp;No longer ignore “{word}” in this document</source>
        <translation>在此文档中不再忽略“{word}”(&amp;N)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_list.py"/>
        <source>{word} → {best}</source>
        <translation>{word} → {best}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_list.py"/>
        <source>{change}. {problem}. {around}</source>
        <translation>{change}。{problem}。{around}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_list.py"/>
        <location filename="../../gpt_assistant/ui/spelling_menu.py"/>
        <source>(nothing)</source>
        <translation>（无）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_menu.py"/>
        <source>Another word fits better here</source>
        <translation>此处换一个词更合适</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_menu.py"/>
        <source>It stands here twice</source>
        <translation>此处重复出现</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_menu.py"/>
        <source>Another kind of English</source>
        <translation>另一种英语拼写</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_menu.py"/>
        <source>×{factor:,} likelier</source>
        <translation>可能性为 {factor:,} 倍</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_menu.py"/>
        <source>There is no such word</source>
        <translation>没有这个词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_menu.py"/>
        <source>&gt; ×{factor:,} likelier</source>
        <translation>可能性超过 {factor:,} 倍</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_menu.py"/>
        <source>&amp;Ignore here</source>
        <translation>在此处忽略(&amp;I)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_menu.py"/>
        <source>Ignore in this &amp;document</source>
        <translation>在此文档中忽略(&amp;D)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_menu.py"/>
        <source>No suggestion</source>
        <translation>无建议</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_menu.py"/>
        <source>&amp;Add to my words</source>
        <translation>加入我的词汇(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_panel.py"/>
        <source>Spelling issues</source>
        <translation>拼写问题</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_panel.py"/>
        <source>Close the list</source>
        <translation>关闭列表</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_panel.py"/>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_panel.py"/>
        <source>Ignore</source>
        <translation>忽略</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_panel.py"/>
        <source>Add to my words</source>
        <translation>加入我的词汇</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/spelling_panel.py"/>
        <source>{n:,} issues</source>
        <translation>
            <numerusform>{n:,} 个问题</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_panel.py"/>
        <source>The first {most:,} are shown.</source>
        <translation>显示前 {most:,} 个。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_panel.py"/>
        <source>Checked once the model is loaded.</source>
        <translation>模型加载后检查。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_panel.py"/>
        <source>The rest of the text is still being checked.</source>
        <translation>文本的其余部分仍在检查。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_panel.py"/>
        <source>A text this long is checked where it is in sight.</source>
        <translation>文本过长，只检查可见部分。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_panel.py"/>
        <location filename="../../gpt_assistant/ui/spelling_seeking.py"/>
        <source>No spelling issue was found.</source>
        <translation>未发现拼写问题。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_seeking.py"/>
        <source>The rest is checked once the model is loaded.</source>
        <translation>其余部分将在模型加载后检查。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/spelling_seeking.py"/>
        <source>Checking the spelling… {share} %. Move the caret to stop it.</source>
        <translation>正在检查拼写… {share}%。移动光标可停止。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分钟</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>{value:,}</source>
        <translation>{value:,}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Characters without spaces</source>
        <translation>不计空格的字符数</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Sentences</source>
        <translation>句数</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Paragraphs</source>
        <translation>段落数</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Time to read</source>
        <translation>阅读时间</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>less than a minute</source>
        <translation>不到一分钟</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>{minutes} min</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Statistics of {title}</source>
        <translation>{title} 的统计</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Share of words</source>
        <translation>占字数</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Share of characters</source>
        <translation>占字符数</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Save report…</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Save the text with its origins as a web page or JSON</source>
        <translation>把文本及其来源存为网页或 JSON</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Remembered…</source>
        <translation>已记住的…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>See and delete what is remembered about who wrote what</source>
        <translation>查看并删除已记住的“谁写了什么”</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>Selection</source>
        <translation>所选内容</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statistics_dialog.py"/>
        <source>A word counts where most of its letters come from.</source>
        <translation>一个词归入其多数字母的来源。</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>{n:,} words, {characters}</source>
        <translation>
            <numerusform>{n:,} 字，{characters}</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>{name}: click to change</source>
        <translation>{name}：点击更改</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>Time of the last suggestion</source>
        <translation>上次建议的用时</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>Length of the text</source>
        <translation>文本长度</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>{ms:.0f} ms</source>
        <translation>{ms:.0f} 毫秒</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>No suggestion: {why}</source>
        <translation>无建议：{why}</translation>
    </message>
    <message numerus="yes">
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>{selected:,} of {n:,} words</source>
        <translation>
            <numerusform>已选 {selected:,} 字，共 {n:,} 字</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/statusbar.py"/>
        <source>Selected: {selected}. In all: {total}.</source>
        <translation>已选：{selected}。总计：{total}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/switching.py"/>
        <source>{why} {name} goes on.</source>
        <translation>{why}继续使用 {name}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/switching.py"/>
        <source>Try anyway</source>
        <translation>仍然尝试</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/switching.py"/>
        <source>{name} goes on.</source>
        <translation>{name} 继续工作。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/switching.py"/>
        <source>Loading the model was cancelled.</source>
        <translation>已取消加载模型。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/version_changes.py"/>
        <source>Copy the whole text</source>
        <translation>复制全文</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/version_changes.py"/>
        <source>So much has changed that it is shown whole.</source>
        <translation>更改过多，因此显示全文。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why.py"/>
        <source>{p}, {place}</source>
        <translation>{p}，{place}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why.py"/>
        <source>You have written this here before, and that counts.</source>
        <translation>您以前在类似的地方这样写过，这也计算在内。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why.py"/>
        <source>The darker a word, the more it led to “{word}”. Esc ends it.</source>
        <translation>颜色越深的词，越促成了“{word}”。按 Esc 结束。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why.py"/>
        <source>There is no suggestion, no taken word and no selection to explain here.</source>
        <translation>这里没有可解释的建议、已采用的词或选中的文字。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why.py"/>
        <source>Why no suggestion?</source>
        <translation>为什么没有建议？</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why.py"/>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>No model is loaded yet. The status bar says how far it is.</source>
        <translation>尚未加载模型。状态栏会显示进度。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why.py"/>
        <location filename="../../gpt_assistant/ui/why_popup.py"/>
        <source>Finding what led to it…</source>
        <translation>正在查找是什么促成了它…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why.py"/>
        <source>No earlier word led to it.</source>
        <translation>前面没有词促成它。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why.py"/>
        <source>Finding out…</source>
        <translation>正在查明…</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why.py"/>
        <source>There is nothing to explain.</source>
        <translation>没有可解释的内容。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why.py"/>
        <source>{word}: {p}, {place}</source>
        <translation>{word}：{p}，{place}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_popup.py"/>
        <source>Explanation</source>
        <translation>解释</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_popup.py"/>
        <source>What might stand here</source>
        <translation>此处可能出现的词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_popup.py"/>
        <source>What led to it</source>
        <translation>是什么促成了它</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_popup.py"/>
        <source>left and right go to its other words</source>
        <translation>左右键转到其他词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_popup.py"/>
        <source>Esc closes</source>
        <translation>Esc 关闭</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_popup.py"/>
        <source>Enter or a click takes one</source>
        <translation>按 Enter 或点击采用一个</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_popup.py"/>
        <source>a click takes one</source>
        <translation>点击采用一个</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>The model was not sure enough: its best guess “{guess}” had {p}, and {least} is asked for here.</source>
        <translation>模型不够有把握：它的最佳猜测“{guess}”只有 {p}，而此处要求 {least}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>In the middle of a line the model has to be surer: its best guess “{guess}” had {p}, and {least} is asked for here.</source>
        <translation>在行的中间，模型必须更有把握：它的最佳猜测“{guess}”只有 {p}，而此处要求 {least}。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>The best guess “{guess}” ({p}) would save no more than one key.</source>
        <translation>最佳猜测“{guess}”（{p}）最多只能省下一次按键。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>{key} shows it all the same; “How often” in the settings makes suggestions rarer or more frequent.</source>
        <translation>按 {key} 仍可显示它；设置中的“建议频率”可让建议更少或更多。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>A suggestion is shown, or about to be.</source>
        <translation>建议已显示，或即将显示。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>Suggestions are switched off (Tools, Complete as I type).</source>
        <translation>建议已关闭（工具，输入时自动补全）。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>There is no text before the caret that the model could go on from.</source>
        <translation>光标前没有可供模型续写的文本。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>The model had no guess that is likely enough.</source>
        <translation>模型没有足够可能的猜测。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>Numbers and codes are left alone: a wrong digit looks as right as a right one.</source>
        <translation>不补全数字和代码：错误的数字看起来和正确的一样。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>What the model would add to the half-typed word makes no word.</source>
        <translation>模型为输入一半的词补上的内容不成词。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>The word before the caret looks misspelt, and no word begins like it.</source>
        <translation>光标前的词看起来拼写有误，没有这样开头的词。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>The model would only say what already stands behind the caret.</source>
        <translation>模型只会重复光标后已有的内容。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>In the middle of a line the model has to be surer than at its end.</source>
        <translation>在行的中间，模型必须比在行末更有把握。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>The model would say for the third time in a row what was just said.</source>
        <translation>模型会第三次重复刚刚说过的内容。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>The caret is inside a word: there are letters on both sides of it.</source>
        <translation>光标在词的内部：两侧都有字母。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>The sentence is complete, and what the next one says is up to you.</source>
        <translation>句子已经完整，下一句说什么由您决定。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>The model has nothing to add here: it would stop.</source>
        <translation>模型在此没有可补充的内容：它会停下。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>Nothing is suggested after the caret was moved or text was deleted, until you type.</source>
        <translation>移动光标或删除文字后，在您输入之前不会给出建议。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>You typed on before the answer came; it takes its place.</source>
        <translation>答案到来之前您继续输入了；新的请求取代了它。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>The model failed: {why}</source>
        <translation>模型出错：{why}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>On battery, suggestions wait for a pause (“On battery” in the settings).</source>
        <translation>使用电池时，建议等待停顿（设置中的“使用电池时”）。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>On battery, nothing is suggested unasked (“On battery” in the settings).</source>
        <translation>使用电池时，未经请求不给建议（设置中的“使用电池时”）。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>This machine is slowed down for its heat: suggestions wait for a pause.</source>
        <translation>机器因过热而降速：建议等待停顿。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>This machine is slowed down for its heat: nothing is suggested unasked.</source>
        <translation>机器因过热而降速：未经请求不给建议。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>number {rank:,} of what may stand here</source>
        <translation>此处可能出现的词中排第 {rank:,}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>{bits} bits</source>
        <translation>{bits} 比特</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>1 in {odds:,}</source>
        <translation>{odds:,} 分之一</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>{word}, {p}</source>
        <translation>{word}，{p}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>{reason} {hint}</source>
        <translation>{reason} {hint}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>{key} asks for a suggestion here.</source>
        <translation>按 {key} 在此请求建议。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>nearly 100 %</source>
        <translation>接近 100 %</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>{p} %</source>
        <translation>{p} %</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>less than 0.1 %</source>
        <translation>小于 0.1 %</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/why_words.py"/>
        <source>the likeliest word here</source>
        <translation>此处最可能的词</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/widgets.py"/>
        <source>{tip} ({keys})</source>
        <translation>{tip}（{keys}）</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/window.py"/>
        <source>{accept} takes the grey text, {word} one word of it, {dismiss} hides it.</source>
        <translation>按 {accept} 采纳灰色文本，按 {word} 采纳其中一个词，按 {dismiss} 隐藏。</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/window.py"/>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/window.py"/>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/window.py"/>
        <source>Open it as text</source>
        <translation>作为文本打开</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/window.py"/>
        <source>Untitled {number}</source>
        <translation>未命名 {number}</translation>
    </message>
    <message>
        <location filename="../../gpt_assistant/ui/workbar.py"/>
        <source>Progress of this document</source>
        <translation>此文档的进度</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>English as you type, on any computer. The default: small and quick.</source>
        <translation>在任何电脑上边写边补全英语。默认模型：小而快。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>Completion in many languages, and rough translation. A base model: it continues text and follows no instructions.</source>
        <translation>多种语言的补全和粗略翻译。基础模型：只续写文本，不遵循指令。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>Better English completion on four cores or a GPU.</source>
        <translation>在四核处理器或 GPU 上更好的英语补全。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>English completion and short rewrites on four cores or a GPU.</source>
        <translation>在四核处理器或 GPU 上补全英语并做简短改写。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>English completion, summaries and rewrites on a GPU.</source>
        <translation>在 GPU 上补全、摘要和改写英语。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>Completion in more than a hundred languages, on four cores or a GPU.</source>
        <translation>在四核处理器或 GPU 上补全一百多种语言。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>Very good completion in more than a hundred languages, on a GPU.</source>
        <translation>在 GPU 上出色地补全一百多种语言。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>Summaries and rewrites in many languages, on four cores or a GPU.</source>
        <translation>在四核处理器或 GPU 上以多种语言做摘要和改写。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>Summaries, rewrites and translation in many languages, on a GPU.</source>
        <translation>在 GPU 上以多种语言做摘要、改写和翻译。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>Very good summaries, rewrites and translation in many languages, on a GPU with 12 GB.</source>
        <translation>在 12 GB 的 GPU 上以多种语言做出色的摘要、改写和翻译。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>Translation from English into French only: good and quick, on any computer.</source>
        <translation>仅将英语译成法语：在任何电脑上都又好又快。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>Translation from French into English only: good and quick, on any computer.</source>
        <translation>仅将法语译成英语：在任何电脑上都又好又快。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>Translation from English into German only: good and quick, on any computer.</source>
        <translation>仅将英语译成德语：在任何电脑上都又好又快。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>Translation from German into English only: good and quick, on any computer.</source>
        <translation>仅将德语译成英语：在任何电脑上都又好又快。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>Translation from English into Spanish only: good and quick, on any computer.</source>
        <translation>仅将英语译成西班牙语：在任何电脑上都又好又快。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>Translation from Spanish into English only: good and quick, on any computer.</source>
        <translation>仅将西班牙语译成英语：在任何电脑上都又好又快。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>Translation between any two of a hundred languages, on four cores or a GPU. It translates only.</source>
        <translation>在四核处理器或 GPU 上翻译一百种语言中的任意两种。只用于翻译。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>Very good translation between any two of 200 languages, on four cores or a GPU. It translates only, and not for commercial use.</source>
        <translation>在四核处理器或 GPU 上出色地翻译 200 种语言中的任意两种。只用于翻译，不得用于商业用途。</translation>
    </message>
    <message>
        <location filename="../../resources/models.json"/>
        <source>Dictation in English, on any computer: small and quick, and not always right.</source>
        <translation>在任何电脑上听写英语：小而快，但并不总是正确。</translation>
    </message>
</context>
</TS>
