<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name></name>
    <message>
        <source>事项目录中没有“{wanted}”</source>
        <translation>The catalogue has no &quot;{wanted}&quot;</translation>
    </message>
    <message>
        <source>请核对实施编码、业务办理项编码或事项名称；如确有该事项，请大厅管理员更新事项目录</source>
        <translation>Check the implementation code, the handling-item code or the name of the item; if there is such an item, ask the hall administrator to update the catalogue</translation>
    </message>
    <message>
        <source>“{wanted}”对应多个事项：{names}</source>
        <translation>&quot;{wanted}&quot; means several items: {names}</translation>
    </message>
    <message>
        <source>请改用其中一个的业务办理项编码，或者输入更完整的名称</source>
        <translation>Use the handling-item code of one of them, or type more of the name</translation>
    </message>
    <message>
        <source>事项目录中没有业务办理项编码{task_handle_item}的第{version}版</source>
        <translation>The catalogue has no version {version} of the handling item {task_handle_item}</translation>
    </message>
    <message>
        <source>办件按开始办理时的版本办理，请大厅管理员恢复该版本的事项文件</source>
        <translation>A case is handled by the version it was begun with; ask the hall administrator to bring back the file of that version</translation>
    </message>
    <message>
        <source>数据文件{file}不能使用：{place}（{reason}）</source>
        <translation>The data file {file} cannot be used: {place} ({reason})</translation>
    </message>
    <message>
        <source>请大厅管理员更正该文件，或者恢复安装时的文件；更正前不要办理所涉事项</source>
        <translation>Ask the hall administrator to correct the file or restore the one that was installed; do not handle its items until then</translation>
    </message>
    <message>
        <source>数据文件{file}与{other}说的是同一内容：{what}</source>
        <translation>The data files {file} and {other} say the same: {what}</translation>
    </message>
    <message>
        <source>请大厅管理员只保留其中一个文件</source>
        <translation>Ask the hall administrator to keep only one of them</translation>
    </message>
    <message>
        <source>“{item}”没有示例</source>
        <translation>&quot;{item}&quot; has no example</translation>
    </message>
    <message>
        <source>请换一个事项，或者按事项的表单自行填写</source>
        <translation>Take another item, or fill in the item&apos;s form yourself</translation>
    </message>
    <message>
        <source>缺少{names}</source>
        <translation>missing: {names}</translation>
    </message>
    <message>
        <source>全文</source>
        <translation>whole text</translation>
    </message>
    <message>
        <source>读不到或内容不对</source>
        <translation>not readable, or wrong content</translation>
    </message>
    <message>
        <source>读不到</source>
        <translation>not readable</translation>
    </message>
    <message>
        <source>本窗口有多名人员，须指明由谁办理</source>
        <translation>This window has several people; say who is acting</translation>
    </message>
    <message>
        <source>请加 --as 工号</source>
        <translation>Add --as with a staff number</translation>
    </message>
    <message>
        <source>办件 {case} 没有该种文书</source>
        <translation>Case {case} has no paper of this kind</translation>
    </message>
    <message>
        <source>请用 yichuang case 查看它有哪些文书</source>
        <translation>See with yichuang case which papers it has</translation>
    </message>
    <message>
        <source>请给出办件文件，或者用 --schema、--example</source>
        <translation>Name a case file, or use --schema or --example</translation>
    </message>
    <message>
        <source>（草稿）</source>
        <translation>(draft)</translation>
    </message>
    <message>
        <source>已登记用印</source>
        <translation>Seal entered</translation>
    </message>
    <message>
        <source>已受理</source>
        <translation>accepted</translation>
    </message>
    <message>
        <source>已保存（{state}）</source>
        <translation>saved ({state})</translation>
    </message>
    <message>
        <source>办件 {case} {done}，文书没有写出（{reason}）；排除原因后可用 yichuang paper render 另行写出</source>
        <translation>Case {case} {done}, but the paper was not written ({reason}); when that is mended, write it with yichuang paper render</translation>
    </message>
    <message>
        <source>还没有生成，下次打开窗口时自动再试</source>
        <translation>not made yet; tried again when the window is next opened</translation>
    </message>
    <message>
        <source>没有写出</source>
        <translation>not written</translation>
    </message>
    <message>
        <source>{item}（{code}，第{version}版）</source>
        <translation>{item} ({code}, version {version})</translation>
    </message>
    <message>
        <source>承诺办结日期</source>
        <translation>Promised date</translation>
    </message>
    <message>
        <source>请大厅管理员在 settings.toml 中更正 region、hall_code、hall_name、window_no、paper_serials，再删去 sample 一行</source>
        <translation>Ask the hall administrator to correct region, hall_code, hall_name, window_no and paper_serials in settings.toml and to delete the line sample</translation>
    </message>
    <message>
        <source>请停止受理并联系系统管理员</source>
        <translation>Stop accepting cases and call the system administrator</translation>
    </message>
    <message>
        <source>还是示例大厅的设置：</source>
        <translation>still the settings of the sample hall: </translation>
    </message>
    <message>
        <source>用口令打开，不依赖系统密钥环</source>
        <translation>opened by passphrase, without the system keyring</translation>
    </message>
    <message>
        <source>模拟身份证阅读器</source>
        <translation>Simulated ID card reader</translation>
    </message>
    <message>
        <source>没有设置</source>
        <translation>not set up</translation>
    </message>
    <message>
        <source>没有设置平台地址，窗口单机工作</source>
        <translation>no platform address set; the window works alone</translation>
    </message>
    <message>
        <source>，连不上平台，未核对</source>
        <translation>, platform out of reach, not compared</translation>
    </message>
    <message>
        <source>请系统管理员校准本机时钟</source>
        <translation>Ask the system administrator to set this computer&apos;s clock</translation>
    </message>
    <message>
        <source>可用 {size} GB</source>
        <translation>{size} GB free</translation>
    </message>
    <message>
        <source>空间不足 1 GB，请先清理磁盘再受理</source>
        <translation>Less than 1 GB left: free some space before accepting cases</translation>
    </message>
    <message>
        <source>空间不足 5 GB，请尽快清理</source>
        <translation>Less than 5 GB left: free some space soon</translation>
    </message>
    <message>
        <source>注意：第二份与本机数据在同一个磁盘上，磁盘损坏时会一起丢失；请换到另一个磁盘</source>
        <translation>Note: the second copy lies on the same disk as this computer&apos;s data and would be lost with it; use another disk</translation>
    </message>
    <message>
        <source>未设置</source>
        <translation>not set</translation>
    </message>
    <message>
        <source>注意：没有向平台核对公钥（{reason}），沿用已记下的</source>
        <translation>Note: the public key was not compared with the platform&apos;s ({reason}); the one on record is used</translation>
    </message>
    <message>
        <source>没有文件或目录</source>
        <translation>No such file or folder:</translation>
    </message>
    <message>
        <source>救回办件 {cases} 件，待上传 {events} 条，文件 {files} 个</source>
        <translation>Cases rescued: {cases}; waiting to upload: {events}; files: {files}</translation>
    </message>
    <message>
        <source>第二份中已损坏，没有救回：</source>
        <translation>Damaged in the second copy, not rescued: </translation>
    </message>
    <message>
        <source>没有目录</source>
        <translation>No such folder:</translation>
    </message>
    <message>
        <source>导出未上传办件 {cases} 件（{events} 条，文件 {files} 个）</source>
        <translation>Unsent cases exported: {cases} (entries: {events}, files: {files})</translation>
    </message>
    <message>
        <source>没有文件</source>
        <translation>No such file:</translation>
    </message>
    <message>
        <source>采用答复 {taken} 条，待上传 {left}，平台未接收 {refused}</source>
        <translation>Answers taken: {taken}; waiting: {left}; not taken by the platform: {refused}</translation>
    </message>
    <message>
        <source>无</source>
        <translation>none</translation>
    </message>
    <message>
        <source>号段 {blocks}，已发 {issued}，作废 {voided}，退回 {returned}，空闲 {free}，缺号：{gaps}</source>
        <translation>blocks {blocks}; issued {issued}, void {voided}, returned {returned}, free {free}; gaps: {gaps}</translation>
    </message>
    <message>
        <source>没有给出数据口令，管理员的口令没有重设</source>
        <translation>No passphrase of the store was given; the administrator&apos;s PIN was not reset</translation>
    </message>
    <message>
        <source>请系统管理员用 YICHUANG_KEY_FILE 指明写有数据口令的文件后再试；系统密钥环不能代替它</source>
        <translation>Ask the system administrator to name a file with the passphrase of the store by YICHUANG_KEY_FILE and try again; the system keyring cannot stand in for it</translation>
    </message>
    <message>
        <source>（已锁定）</source>
        <translation> (locked)</translation>
    </message>
    <message>
        <source>已重设口令</source>
        <translation>PIN reset</translation>
    </message>
    <message>
        <source>注意：这份备份只能在本机用系统密钥环打开；请设置口令（YICHUANG_KEY_FILE）后再备份</source>
        <translation>Note: this backup can be opened only on this computer by the system keyring; set a passphrase (YICHUANG_KEY_FILE) and make another</translation>
    </message>
    <message>
        <source>没有选项 {0}</source>
        <translation>There is no option {0}</translation>
    </message>
    <message>
        <source>没有命令 {0}</source>
        <translation>There is no command {0}</translation>
    </message>
    <message>
        <source>缺少子命令</source>
        <translation>The subcommand is missing</translation>
    </message>
    <message>
        <source>缺少 {0}</source>
        <translation>{0} is missing</translation>
    </message>
    <message>
        <source>缺少选项 {0}</source>
        <translation>The option {0} is missing</translation>
    </message>
    <message>
        <source>选项 {0} 后面缺少值</source>
        <translation>The option {0} needs a value</translation>
    </message>
    <message>
        <source>多出了 {0}</source>
        <translation>{0} is too much</translation>
    </message>
    <message>
        <source>{0} 只能是下列之一：{1}</source>
        <translation>{0} must be one of {1}</translation>
    </message>
    <message>
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <source>{0} 的值不能使用</source>
        <translation>The value of {0} cannot be used</translation>
    </message>
    <message>
        <source>没有找到窗口设置{file}</source>
        <translation>Window settings {file} not found</translation>
    </message>
    <message>
        <source>请核对数据目录是否正确；新窗口请先用 yichuang run 打开，按页面建立</source>
        <translation>Check the data folder; set up a new window with yichuang run and follow the page</translation>
    </message>
    <message>
        <source>窗口设置{file}的格式不对（{reason}）</source>
        <translation>The window settings {file} are not well formed ({reason})</translation>
    </message>
    <message>
        <source>请大厅管理员更正该处；更正前窗口不能启动，已办的办件不受影响</source>
        <translation>Ask the hall administrator to correct that place; the window cannot start until then. Cases already handled are safe</translation>
    </message>
    <message>
        <source>窗口设置{file}中有不认识的项{key}</source>
        <translation>The window settings {file} have an unknown entry {key}</translation>
    </message>
    <message>
        <source>请大厅管理员核对该项的写法，或者删去；多写一个字母也会这样</source>
        <translation>Ask the hall administrator to check how it is written, or delete it; one letter too many is enough</translation>
    </message>
    <message>
        <source>窗口设置{file}中的{key}不能使用（{reason}）</source>
        <translation>{key} in the window settings {file} cannot be used ({reason})</translation>
    </message>
    <message>
        <source>请大厅管理员更正该项；环境变量中的同名项（YICHUANG_ 开头）优先于文件</source>
        <translation>Ask the hall administrator to correct it; an environment variable of that name (YICHUANG_…) goes before the file</translation>
    </message>
    <message>
        <source>窗口设置{file}没有写成（{reason}）</source>
        <translation>The window settings {file} were not written ({reason})</translation>
    </message>
    <message>
        <source>请核对磁盘空间和目录权限；原来的设置没有变</source>
        <translation>Check disk space and the folder&apos;s permissions; the old settings are unchanged</translation>
    </message>
    <message>
        <source>磁盘已满</source>
        <translation>disk full</translation>
    </message>
    <message>
        <source>没有权限</source>
        <translation>no permission</translation>
    </message>
    <message>
        <source>磁盘只读</source>
        <translation>disk is read-only</translation>
    </message>
    <message>
        <source>磁盘读写失败</source>
        <translation>disk error</translation>
    </message>
    <message>
        <source>没有写完</source>
        <translation>it breaks off</translation>
    </message>
    <message>
        <source>第 {line} 行第 {column} 列</source>
        <translation>line {line}, column {column}</translation>
    </message>
    <message>
        <source>演示到第 {place} 件时办不下去</source>
        <translation>The demo got stuck at case {place}</translation>
    </message>
    <message>
        <source>请查看 {log}；已受理的办件都在本机，可重新运行演示</source>
        <translation>See {log}; all accepted cases are on this computer, and the demo can be run again</translation>
    </message>
    <message>
        <source>受理 {accepted}，平台已接收 {at_platform}，已打印 {printed}，丢失 {lost}，重复 {duplicates}，用时 {seconds} 秒</source>
        <translation>Accepted {accepted}, stored by the platform {at_platform}, printed {printed}, lost {lost}, duplicates {duplicates}, {seconds} seconds</translation>
    </message>
    <message>
        <source>画面和汇总在</source>
        <translation>Pictures and summary are in</translation>
    </message>
    <message>
        <source>演示窗口没有出现“{event}”</source>
        <translation>The demo window did not show &quot;{event}&quot;</translation>
    </message>
    <message>
        <source>演示平台没有启动</source>
        <translation>The demo platform did not start</translation>
    </message>
    <message>
        <source>窗口可以单机演示；请查看 {log}</source>
        <translation>The window can be shown without it; see {log}</translation>
    </message>
    <message>
        <source>演示会清空自己的目录；请用 --out 另指定一个空目录</source>
        <translation>The demo empties its own folder; name an empty one with --out</translation>
    </message>
    <message>
        <source>目录 {out} 里已有别的内容，没有动它</source>
        <translation>The folder {out} has other contents; nothing was touched</translation>
    </message>
    <message>
        <source>演示的“{what}”进程意外结束</source>
        <translation>The demo&apos;s process &quot;{what}&quot; ended unexpectedly</translation>
    </message>
    <message>
        <source>虚拟键盘</source>
        <translation>Virtual keyboard</translation>
    </message>
    <message>
        <source>{device}不能使用（{reason}）</source>
        <translation>{device} cannot be used ({reason})</translation>
    </message>
    <message>
        <source>请安装 .ci/packages 中列出的软件包（xvfb、openbox、xdotool）</source>
        <translation>Install the packages listed in .ci/packages (xvfb, openbox, xdotool)</translation>
    </message>
    <message>
        <source>应写作 A-B，且 1 ≤ A ≤ B ≤ {cases}</source>
        <translation>write A-B, with 1 ≤ A ≤ B ≤ {cases}</translation>
    </message>
    <message>
        <source>有 {count} 件已受理的办件丢失</source>
        <translation>{count} accepted cases were lost</translation>
    </message>
    <message>
        <source>这是程序的严重缺陷，请保留现场并报告</source>
        <translation>This is a grave fault of the program: keep everything as it is and report it</translation>
    </message>
    <message>
        <source>演示大厅已开，平台</source>
        <translation>The demo hall is open; platform</translation>
    </message>
    <message>
        <source>—— 平台断开 ——</source>
        <translation>-- Platform down --</translation>
    </message>
    <message>
        <source>—— 平台恢复 ——</source>
        <translation>-- Platform back --</translation>
    </message>
    <message>
        <source>—— 窗口被强行结束后重新打开，已受理的办件都在 ——</source>
        <translation>-- The window was killed and opened again; all accepted cases are there --</translation>
    </message>
    <message>
        <source>上传中</source>
        <translation>Sending</translation>
    </message>
    <message>
        <source>待上传（平台断开）</source>
        <translation>waiting to upload (platform down)</translation>
    </message>
    <message>
        <source>虚拟屏幕</source>
        <translation>Virtual screen</translation>
    </message>
    <message>
        <source>{device}没有启动（{reason}）</source>
        <translation>{device} did not start ({reason})</translation>
    </message>
    <message>
        <source>办件文件 {file} 不合格式：{place}（{reason}）</source>
        <translation>The case file {file} is not well formed: {place} ({reason})</translation>
    </message>
    <message>
        <source>请对照 yichuang intake --schema 更正；可用 yichuang intake --example 生成一份完整的示例</source>
        <translation>Correct it by yichuang intake --schema; yichuang intake --example makes a complete sample</translation>
    </message>
    <message>
        <source>请确认文件存在并有读取权限；相对路径从办件文件所在目录算起</source>
        <translation>Make sure it exists and may be read; relative paths start at the folder of the case file</translation>
    </message>
    <message>
        <source>读不到文件 {file}</source>
        <translation>The file {file} cannot be read</translation>
    </message>
    <message>
        <source>文件 {file} 太大</source>
        <translation>The file {file} is too large</translation>
    </message>
    <message>
        <source>请重新扫描为不超过 50 MB 的页文件</source>
        <translation>Scan again: a page file may have 50 MB at most</translation>
    </message>
    <message>
        <source>材料的键，见事项目录</source>
        <translation>key of the material, see the catalogue</translation>
    </message>
    <message>
        <source>页文件（JPEG、PNG、PDF），按页序</source>
        <translation>page files (JPEG, PNG, PDF) in their order</translation>
    </message>
    <message>
        <source>与原件核对无误</source>
        <translation>Compared</translation>
    </message>
    <message>
        <source>原件已退还；不写明的按事项目录</source>
        <translation>original returned; if not said, as the catalogue says</translation>
    </message>
    <message>
        <source>以何代替纸质材料</source>
        <translation>what stands in for the material on paper</translation>
    </message>
    <message>
        <source>容缺待补</source>
        <translation>Deferred</translation>
    </message>
    <message>
        <source>不符合要求之处，用于补正告知</source>
        <translation>in what it is defective, for the correction notice</translation>
    </message>
    <message>
        <source>实施编码、业务办理项编码或事项名称</source>
        <translation>implementation code, handling-item code or name of the item</translation>
    </message>
    <message>
        <source>纸质收件时间；不带时区的按大厅所在时区</source>
        <translation>when it was received on paper; without a time zone in the hall&apos;s</translation>
    </message>
    <message>
        <source>补录；给出收件时间时即为补录</source>
        <translation>back-entry; a case with a receiving time is one</translation>
    </message>
    <message>
        <source>纸质登记号</source>
        <translation>number on the paper pad</translation>
    </message>
    <message>
        <source>补正时材料留存（否则退还申请人）</source>
        <translation>materials stay for the correction (else they go back to the applicant)</translation>
    </message>
    <message>
        <source>不予受理的理由，见受理规则</source>
        <translation>ground of non-acceptance, see the intake rules</translation>
    </message>
    <message>
        <source>late_entry：给出了收件时间或纸质登记号的，就是补录</source>
        <translation>late_entry: a case with a receiving time or a pad number is a back-entry</translation>
    </message>
    <message>
        <source>materials：同一材料只能写一项</source>
        <translation>materials: one entry for each material</translation>
    </message>
    <message>
        <source>办件 {case} 还不能办理：{what}</source>
        <translation>Case {case} cannot be handled yet: {what}</translation>
    </message>
    <message>
        <source>请逐项补齐后再试；申请人当场补不齐的，可以一次性告知补正，或暂存草稿</source>
        <translation>Complete each point and try again; what the applicant cannot complete here may go into a correction notice, or keep the draft</translation>
    </message>
    <message>
        <source>材料“{name}”{word}</source>
        <translation>Material &quot;{name}&quot; {word}</translation>
    </message>
    <message>
        <source>不符合要求</source>
        <translation>defective</translation>
    </message>
    <message>
        <source>缺</source>
        <translation>missing</translation>
    </message>
    <message>
        <source>没有申请人</source>
        <translation>no applicant</translation>
    </message>
    <message>
        <source>没有经办人（到场人）</source>
        <translation>nobody at the window</translation>
    </message>
    <message>
        <source>未选择情形“{question}”</source>
        <translation>situation &quot;{question}&quot; not chosen</translation>
    </message>
    <message>
        <source>没有找到办件 {case}</source>
        <translation>Case {case} not found</translation>
    </message>
    <message>
        <source>请核对办件编号（共 23 位数字）；也可以在“办件”页按姓名查找</source>
        <translation>Check the case number (23 digits); you can also search by name on the Cases page</translation>
    </message>
    <message>
        <source>该操作须记录原因，请补充后再试</source>
        <translation>This act is recorded with its reason; add it and try again</translation>
    </message>
    <message>
        <source>请写明原因</source>
        <translation>Give the reason</translation>
    </message>
    <message>
        <source>办件 {case} 已是“{state}”，内容不能再改</source>
        <translation>Case {case} is &quot;{state}&quot; and can no longer be changed</translation>
    </message>
    <message>
        <source>受理后的办件不再补正或更改；确需变更的，由申请人撤回后重新申请，或由承办部门依法更正</source>
        <translation>After acceptance nothing is corrected or changed; if it must be, the applicant withdraws and applies again, or the handling department corrects it by law</translation>
    </message>
    <message>
        <source>事项“{item}”没有材料“{slot}”</source>
        <translation>The item &quot;{item}&quot; has no material &quot;{slot}&quot;</translation>
    </message>
    <message>
        <source>请从材料清单中选择；如清单有误，请大厅管理员更新事项目录</source>
        <translation>Choose from the list of materials; if the list is wrong, ask the hall administrator to update the catalogue</translation>
    </message>
    <message>
        <source>办件 {case} 没有这一页</source>
        <translation>Case {case} has no such page</translation>
    </message>
    <message>
        <source>请刷新后重新选择要移除的页</source>
        <translation>Refresh and choose the page to remove again</translation>
    </message>
    <message>
        <source>材料“{material}”不能以“{substitute}”代替</source>
        <translation>The material &quot;{material}&quot; cannot be replaced by &quot;{substitute}&quot;</translation>
    </message>
    <message>
        <source>请提交材料，或者选择清单中列明的代替方式</source>
        <translation>Hand in the material, or choose a substitute from the list</translation>
    </message>
    <message>
        <source>材料“{material}”不能容缺后补</source>
        <translation>The material &quot;{material}&quot; may not be handed in later</translation>
    </message>
    <message>
        <source>请当场提交，或一次性告知补正</source>
        <translation>It must be handed in now, or go into a correction notice</translation>
    </message>
    <message>
        <source>收件时间晚于现在</source>
        <translation>The receiving time is in the future</translation>
    </message>
    <message>
        <source>请核对纸质登记上的收件时间和本机时钟</source>
        <translation>Check the receiving time on the paper pad and this computer&apos;s clock</translation>
    </message>
    <message>
        <source>纸质登记号 {pad_number} 已补录为办件 {case}</source>
        <translation>Pad number {pad_number} was already entered as case {case}</translation>
    </message>
    <message>
        <source>请勿重复补录；如登记号写错，请核对纸质登记簿</source>
        <translation>Do not enter it twice; if the pad number is wrong, check the paper pad</translation>
    </message>
    <message>
        <source>事项“{item}”没有领取方式“{way}”</source>
        <translation>The item &quot;{item}&quot; has no way of collection &quot;{way}&quot;</translation>
    </message>
    <message>
        <source>请从事项列出的领取方式中选择</source>
        <translation>Choose from the item&apos;s ways of collection</translation>
    </message>
    <message>
        <source>办件 {case} 已有材料页，不能改为另一事项</source>
        <translation>Case {case} has pages already; its item cannot be changed</translation>
    </message>
    <message>
        <source>请先暂存本件，另开新件；材料页确已放错的，请先逐页删除</source>
        <translation>Keep this case and open a new one; if the pages are in the wrong place, delete them first, one by one</translation>
    </message>
    <message>
        <source>申请人不满十四周岁：其信息属敏感个人信息，请由监护人到场并取得监护人同意（个人信息保护法第三十一条）</source>
        <translation>The applicant is under fourteen: these are sensitive personal data. A guardian must be present and agree (Personal Information Protection Law, art. 31)</translation>
    </message>
    <message>
        <source>原因已排除，重新上传</source>
        <translation>Cause removed, upload again</translation>
    </message>
    <message>
        <source>按收件时的事项版本办理</source>
        <translation>Handle by the item&apos;s version of the day of receipt</translation>
    </message>
    <message>
        <source>申请人书面撤回网上的申请</source>
        <translation>Applicant withdraws the online application in writing</translation>
    </message>
    <message>
        <source>申请人书面撤回窗口的申请</source>
        <translation>Applicant withdraws the application at this window in writing</translation>
    </message>
    <message>
        <source>以网上撤回为准，本条只留存备查</source>
        <translation>The online withdrawal counts; keep this for the record</translation>
    </message>
    <message>
        <source>事项版本已更新</source>
        <translation>Item has a new version</translation>
    </message>
    <message>
        <source>网上已有同一申请</source>
        <translation>Same application came in online</translation>
    </message>
    <message>
        <source>文件校验不符</source>
        <translation>File does not match its checksum</translation>
    </message>
    <message>
        <source>申请人已网上撤回</source>
        <translation>Applicant withdrew online</translation>
    </message>
    <message>
        <source>办件编号重复</source>
        <translation>Case number used twice</translation>
    </message>
    <message>
        <source>平台未接收</source>
        <translation>Not taken</translation>
    </message>
    <message>
        <source>“{kind}”不能这样处置：{choice}</source>
        <translation>&quot;{kind}&quot; cannot be settled by: {choice}</translation>
    </message>
    <message>
        <source>可以选择：{choices}；都不合适的，请联系大厅管理员核查</source>
        <translation>You may choose: {choices}; if none fits, ask the hall administrator to look into it</translation>
    </message>
    <message>
        <source>办件 {case} 没有需要补正的材料</source>
        <translation>Case {case} has no material to correct</translation>
    </message>
    <message>
        <source>材料已齐全，请受理；确有不符合要求的，请先在该材料上注明</source>
        <translation>The materials are complete: accept the case; if something is wrong after all, note it on the material first</translation>
    </message>
    <message>
        <source>办件 {case} 的不予受理须写明具体情况</source>
        <translation>The refusal of case {case} must be explained</translation>
    </message>
    <message>
        <source>请写明不予受理的具体情况（需要一次性告知的内容）</source>
        <translation>Write down why the case is not accepted (what the applicant must be told at once)</translation>
    </message>
    <message>
        <source>不属于本机关职权范围的，须写明有权机关</source>
        <translation>Where another organ is competent, it must be named</translation>
    </message>
    <message>
        <source>请写明申请人应当向哪个行政机关申请</source>
        <translation>Write down which organ the applicant must turn to</translation>
    </message>
    <message>
        <source>{series}号段剩{left}个</source>
        <translation>{series}: {left} numbers left</translation>
    </message>
    <message>
        <source>，{count}份文书用的是临时编号</source>
        <translation>, {count} papers have provisional numbers</translation>
    </message>
    <message>
        <source>“{series}”的第{first}至{last}号不是缺号</source>
        <translation>Nos. {first} to {last} of &quot;{series}&quot; are no gap</translation>
    </message>
    <message>
        <source>请先用 yichuang numbers report 查看缺号；已发出和已作废的编号不用说明</source>
        <translation>See the gaps with yichuang numbers report; numbers issued or void need no explanation</translation>
    </message>
    <message>
        <source>恢复备份：备份之后可能已经发出，不再使用</source>
        <translation>Backup restored: possibly issued after the backup, not used again</translation>
    </message>
    <message>
        <source>“{organ}”没有“{paper}”的机关代字，不能编文书编号</source>
        <translation>&quot;{organ}&quot; has no organ word for &quot;{paper}&quot;; no paper number can be made</translation>
    </message>
    <message>
        <source>请大厅管理员在事项目录中补上机关代字；此前可先收件并出具申请材料接收凭证</source>
        <translation>Ask the hall administrator to add the organ word to the catalogue; until then take in the case with a receiving slip</translation>
    </message>
    <message>
        <source>“{word}”{year}年的文书编号已用完（{first}至{last}）</source>
        <translation>The paper numbers of &quot;{word}&quot; for {year} are used up ({first} to {last})</translation>
    </message>
    <message>
        <source>请联系大厅管理员为本窗口分配新的号段；收件凭证不受影响</source>
        <translation>Ask the hall administrator for a new number block; receiving slips are not affected</translation>
    </message>
    <message>
        <source>办件编号</source>
        <translation>Case number</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>发生时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>平台回执号</source>
        <translation>Platform receipt</translation>
    </message>
    <message>
        <source>未接收代码</source>
        <translation>Refusal code</translation>
    </message>
    <message>
        <source>已试次数</source>
        <translation>Tries</translation>
    </message>
    <message>
        <source>下次再试</source>
        <translation>Next try</translation>
    </message>
    <message>
        <source>平台答复时间</source>
        <translation>Answered at</translation>
    </message>
    <message>
        <source>没有找到这份文书</source>
        <translation>Paper not found</translation>
    </message>
    <message>
        <source>请在办件中重新选择文书</source>
        <translation>Choose the paper again in its case</translation>
    </message>
    <message>
        <source>文书还没有生成</source>
        <translation>The paper has not been made yet</translation>
    </message>
    <message>
        <source>请稍候再试；一直不生成时请查看设备和磁盘状态</source>
        <translation>Wait a moment and try again; if it never comes, look at the devices and the disk</translation>
    </message>
    <message>
        <source>已用印或者无须用印，请核对用印登记簿</source>
        <translation>It is sealed or needs no seal; see the seal ledger</translation>
    </message>
    <message>
        <source>这份文书不在待用印状态</source>
        <translation>This paper is not waiting for a seal</translation>
    </message>
    <message>
        <source>已交付的文书不能作废</source>
        <translation>A paper that was handed over cannot be voided</translation>
    </message>
    <message>
        <source>文书已在申请人手中：由申请人撤回申请，或者由机关依法更正、撤销并另发文书</source>
        <translation>The applicant has it: the applicant may withdraw the application, or the organ corrects or revokes by law and issues another paper</translation>
    </message>
    <message>
        <source>办件 {case} 不能再出具接收凭证</source>
        <translation>Case {case} can have no other receiving slip</translation>
    </message>
    <message>
        <source>已出具过的请补打；草稿请先收件或受理</source>
        <translation>If one was issued, reprint it; a draft must be taken in or accepted first</translation>
    </message>
    <message>
        <source>未打印</source>
        <translation>Unprinted</translation>
    </message>
    <message>
        <source>经查看没有打出</source>
        <translation>looked up: it did not come out</translation>
    </message>
    <message>
        <source>这一份没有停在“没有打出”</source>
        <translation>This print does not stand at &quot;did not come out&quot;</translation>
    </message>
    <message>
        <source>正在打印的请稍候；已经打出、需要再打的，请用补打（文书上注明次数）</source>
        <translation>If it is being printed, wait; if it came out and you need another, reprint it (the count is printed on it)</translation>
    </message>
    <message>
        <source>请刷新后再看；需要再打的，请用补打</source>
        <translation>Refresh and look again; if you need another, reprint it</translation>
    </message>
    <message>
        <source>这一份的打印结果并不存疑</source>
        <translation>This print is not in doubt</translation>
    </message>
    <message>
        <source>重新上传，使用原编号，不会重复</source>
        <translation>Upload again under the same numbers; nothing is doubled</translation>
    </message>
    <message>
        <source>重新读取平台的办件状态；读取后仍不一致的，请联系系统管理员</source>
        <translation>Read the platform&apos;s state again; if it still differs, call the system administrator</translation>
    </message>
    <message>
        <source>请联系系统管理员核查，不要自行改动</source>
        <translation>Ask the system administrator to look into it; change nothing yourself</translation>
    </message>
    <message>
        <source>核对发现平台缺少本件，重新上传</source>
        <translation>Comparison: the platform lacks this case, sent again</translation>
    </message>
    <message>
        <source>平台没有本件的 {count} 条记录</source>
        <translation>The platform lacks {count} entries of this case</translation>
    </message>
    <message>
        <source>平台有本件的 {count} 条记录，本机没有</source>
        <translation>The platform has {count} entries of this case that are not here</translation>
    </message>
    <message>
        <source>同一编号在平台是另一办件</source>
        <translation>Another case has the same number at the platform</translation>
    </message>
    <message>
        <source>办件状态不一致：本机收到“{ours}”，平台为“{theirs}”</source>
        <translation>States differ: told here &quot;{ours}&quot;, at the platform &quot;{theirs}&quot;</translation>
    </message>
    <message>
        <source>平台缺少本件的 {count} 个文件</source>
        <translation>The platform lacks {count} files of this case</translation>
    </message>
    <message>
        <source>找不到扫描件或文书文件（{file}）</source>
        <translation>Scan or paper file not found ({file})</translation>
    </message>
    <message>
        <source>扫描件或文书文件已损坏（{file}）</source>
        <translation>Scan or paper file damaged ({file})</translation>
    </message>
    <message>
        <source>有文书没有生成，也不在待生成之列</source>
        <translation>A paper was not made and does not wait to be made</translation>
    </message>
    <message>
        <source>编号已发出，没有对应的办件或文书</source>
        <translation>A number was issued and has no case or paper</translation>
    </message>
    <message>
        <source>编号不在编号登记簿中</source>
        <translation>A number is not in the number register</translation>
    </message>
    <message>
        <source>{subject} 的这项差异不能在窗口处理</source>
        <translation>This difference of {subject} cannot be settled at the window</translation>
    </message>
    <message>
        <source>请联系系统管理员核查；办件和文件都没有改动</source>
        <translation>Ask the system administrator to look into it; case and files are unchanged</translation>
    </message>
    <message>
        <source>不一致 {count} 处</source>
        <translation>Differences: {count}</translation>
    </message>
    <message>
        <source>本机文件、文书与编号一致：{count} 个文件；没有与平台核对</source>
        <translation>Files, papers and numbers here agree: {count} files; not compared with the platform</translation>
    </message>
    <message>
        <source>本机与平台一致：{count} 件</source>
        <translation>Here and at the platform the same: {count} cases</translation>
    </message>
    <message>
        <source>没有目录 {folder}，没有备份</source>
        <translation>No folder {folder}; no backup was made</translation>
    </message>
    <message>
        <source>请插好备份盘后再试，或者改填已有的目录；程序不会新建目录</source>
        <translation>Plug in the backup disk and try again, or name a folder that exists; the program makes none</translation>
    </message>
    <message>
        <source>第二份没有写成</source>
        <translation>second copy not written</translation>
    </message>
    <message>
        <source>第二份还差 {count} 件</source>
        <translation>second copy lacks {count} cases</translation>
    </message>
    <message>
        <source>第二份的磁盘没有回应</source>
        <translation>disk of the second copy does not answer</translation>
    </message>
    <message>
        <source>受理不受影响；请检查存放第二份的磁盘，一直这样请联系系统管理员</source>
        <translation>Acceptance is not affected; check the disk of the second copy, and call the system administrator if this goes on</translation>
    </message>
    <message>
        <source>待上传</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>结果待核实</source>
        <translation>Unknown</translation>
    </message>
    <message>
        <source>平台已接收</source>
        <translation>At platform</translation>
    </message>
    <message>
        <source>待上传（排在平台未接收的之后）</source>
        <translation>Waiting (behind one not taken)</translation>
    </message>
    <message>
        <source>待上传（排在暂不上传的之后）</source>
        <translation>Waiting (behind one held back)</translation>
    </message>
    <message>
        <source>已搁置</source>
        <translation>Set aside</translation>
    </message>
    <message>
        <source>暂不上传</source>
        <translation>Held back</translation>
    </message>
    <message>
        <source>没有收到答复</source>
        <translation>no answer came</translation>
    </message>
    <message>
        <source>没有传成</source>
        <translation>not sent</translation>
    </message>
    <message>
        <source>收件</source>
        <translation>Taken in</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>视为受理</source>
        <translation>Deemed accepted</translation>
    </message>
    <message>
        <source>告知补正</source>
        <translation>Correction asked</translation>
    </message>
    <message>
        <source>补正已交</source>
        <translation>Corrected</translation>
    </message>
    <message>
        <source>逾期未补正</source>
        <translation>Not corrected</translation>
    </message>
    <message>
        <source>不予受理</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>撤回申请</source>
        <translation>Application withdrawn</translation>
    </message>
    <message>
        <source>容缺补齐</source>
        <translation>Deferred material supplied</translation>
    </message>
    <message>
        <source>文书签发</source>
        <translation>Paper issued</translation>
    </message>
    <message>
        <source>文书补编正式编号</source>
        <translation>Paper given its official number</translation>
    </message>
    <message>
        <source>文书作废</source>
        <translation>Paper voided</translation>
    </message>
    <message>
        <source>没有“平台未接收”的记录 {event}</source>
        <translation>No entry {event} that the platform did not take</translation>
    </message>
    <message>
        <source>请在“同步”页或用 yichuang outbox 核对编号；可能已重新上传</source>
        <translation>Check the number on the Sync page or with yichuang outbox; it may have been sent again</translation>
    </message>
    <message>
        <source>记录 {event} 正在上传，或者平台已经答复</source>
        <translation>Entry {event} is being sent, or the platform has answered</translation>
    </message>
    <message>
        <source>只有待上传和平台未接收的可以暂不上传或搁置；请在“同步”页看它现在的状态</source>
        <translation>Only what waits or was not taken can be held back or set aside; see its state on the Sync page</translation>
    </message>
    <message>
        <source>无需操作；请在“同步”页看它现在的状态，可能已由他人恢复</source>
        <translation>Nothing to do; see its state on the Sync page. Someone else may have released it</translation>
    </message>
    <message>
        <source>记录 {event} 没有被暂不上传或搁置</source>
        <translation>Entry {event} is neither held back nor set aside</translation>
    </message>
    <message>
        <source>全部状态</source>
        <translation>All states</translation>
    </message>
    <message>
        <source>平台还没有接收的</source>
        <translation>Not yet at platform</translation>
    </message>
    <message>
        <source>暂不上传、已搁置</source>
        <translation>Held back, set aside</translation>
    </message>
    <message>
        <source>没有找到这一页</source>
        <translation>This page was not found</translation>
    </message>
    <message>
        <source>这一页可能刚被移除；请刷新后重新选择</source>
        <translation>It may just have been removed; refresh and choose again</translation>
    </message>
    <message>
        <source>工号或口令不正确</source>
        <translation>Wrong staff number or PIN</translation>
    </message>
    <message>
        <source>请重新输入；还可以试 {left} 次，之后须由大厅管理员解锁</source>
        <translation>Type it again; {left} tries left, then the hall administrator must unlock it</translation>
    </message>
    <message>
        <source>工号 {staff_no} 已锁定</source>
        <translation>Staff number {staff_no} is locked</translation>
    </message>
    <message>
        <source>口令连续输错 5 次；请大厅管理员重设口令，没有别的管理员时由系统管理员用 yichuang staff recover 重设</source>
        <translation>Five wrong PINs in a row. Ask the hall administrator for a new PIN; where there is no other administrator, the system administrator resets it with yichuang staff recover</translation>
    </message>
    <message>
        <source>窗口已因无人操作锁定</source>
        <translation>The window was locked because nobody used it</translation>
    </message>
    <message>
        <source>请输入口令解锁；草稿已保存，解锁后继续</source>
        <translation>Type your PIN to unlock; drafts are saved, go on where you were</translation>
    </message>
    <message>
        <source>本窗口已有人员，不能再建首个管理员</source>
        <translation>This window has people already; no first administrator can be made</translation>
    </message>
    <message>
        <source>请由大厅管理员登录后添加人员</source>
        <translation>Ask the hall administrator to sign in and add people</translation>
    </message>
    <message>
        <source>口令太短</source>
        <translation>The PIN is too short</translation>
    </message>
    <message>
        <source>请设置不少于 {length} 位的口令</source>
        <translation>A PIN has at least {length} characters</translation>
    </message>
    <message>
        <source>工号 {staff_no} 已存在</source>
        <translation>Staff number {staff_no} exists already</translation>
    </message>
    <message>
        <source>请换一个工号，或者为其重设口令</source>
        <translation>Take another staff number, or reset that person&apos;s PIN</translation>
    </message>
    <message>
        <source>没有工号 {staff_no}</source>
        <translation>There is no staff number {staff_no}</translation>
    </message>
    <message>
        <source>请核对工号，或请大厅管理员添加</source>
        <translation>Check the staff number, or ask the hall administrator to add it</translation>
    </message>
    <message>
        <source>工号 {staff_no} 不是大厅管理员，口令没有重设</source>
        <translation>Staff number {staff_no} is no hall administrator; the PIN was not reset</translation>
    </message>
    <message>
        <source>请大厅管理员登录后为其重设口令</source>
        <translation>Ask the hall administrator to sign in and reset the PIN</translation>
    </message>
    <message>
        <source>办件 {case} 的材料“{material}”不在容缺待补之列</source>
        <translation>The material &quot;{material}&quot; of case {case} is not among those to be supplied later</translation>
    </message>
    <message>
        <source>受理后只能补交承诺容缺后补的材料；请核对容缺受理通知书所列材料</source>
        <translation>After acceptance only materials promised for later may be handed in; see the materials named in the deferral notice</translation>
    </message>
    <message>
        <source>重新上传</source>
        <translation>Upload again</translation>
    </message>
    <message>
        <source>查看是否打出</source>
        <translation>See if it came out</translation>
    </message>
    <message>
        <source>重新打印</source>
        <translation>Print again</translation>
    </message>
    <message>
        <source>检查打印机</source>
        <translation>Check the printer</translation>
    </message>
    <message>
        <source>打开办件</source>
        <translation>Open case</translation>
    </message>
    <message>
        <source>登记用印</source>
        <translation>Enter seal</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>立即同步</source>
        <translation>Sync now</translation>
    </message>
    <message>
        <source>恢复上传</source>
        <translation>Release</translation>
    </message>
    <message>
        <source>待用印</source>
        <translation>Awaiting seal</translation>
    </message>
    <message>
        <source>应当在{due}以前决定是否受理</source>
        <translation>Decide by {due} whether to accept</translation>
    </message>
    <message>
        <source>补正期限到{due}，材料还没有交来</source>
        <translation>Correction is due by {due}; the materials have not come</translation>
    </message>
    <message>
        <source>容缺材料“{material}”应当在{due}以前补齐</source>
        <translation>The deferred material &quot;{material}&quot; is due by {due}</translation>
    </message>
    <message>
        <source>已超期：</source>
        <translation>Overdue: </translation>
    </message>
    <message>
        <source>{month}月{day}日</source>
        <translation>{month}-{day}</translation>
    </message>
    <message>
        <source>演示大厅：窗口人员 0207，值班长 0101，口令都是 000000</source>
        <translation>Demo hall: clerk 0207, supervisor 0101, PINs all 000000</translation>
    </message>
    <message>
        <source>注意：窗口设置还是示例大厅的，办理真实业务前请大厅管理员更正 settings.toml</source>
        <translation>Note: the settings are still the sample hall&apos;s; before real work ask the hall administrator to correct settings.toml</translation>
    </message>
    <message>
        <source>没有给出办理人的口令</source>
        <translation>No PIN of who acts was given</translation>
    </message>
    <message>
        <source>请把口令写入文件，并用 YICHUANG_PIN_FILE 指明该文件</source>
        <translation>Write the PIN into a file and name it by YICHUANG_PIN_FILE</translation>
    </message>
    <message>
        <source>命令写法不对：{reason}</source>
        <translation>Wrong use of the command: {reason}</translation>
    </message>
    <message>
        <source>请在该命令后加 --help 查看写法</source>
        <translation>See its --help for how it is written</translation>
    </message>
    <message>
        <source>已提交的办件不受影响；请把日志 {log} 交给系统管理员</source>
        <translation>Cases already submitted are safe; give the log {log} to the system administrator</translation>
    </message>
    <message>
        <source>程序出错，这一步没有完成</source>
        <translation>The program failed; this step was not done</translation>
    </message>
    <message>
        <source>断网</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>平台无应答</source>
        <translation>platform silent</translation>
    </message>
    <message>
        <source>平台不认可本窗口</source>
        <translation>platform does not know this window</translation>
    </message>
    <message>
        <source>本机故障</source>
        <translation>fault of this computer</translation>
    </message>
    <message>
        <source>申请材料接收凭证</source>
        <translation>Receiving slip (申请材料接收凭证)</translation>
    </message>
    <message>
        <source>受理通知书</source>
        <translation>Acceptance notice (受理通知书)</translation>
    </message>
    <message>
        <source>申请材料补正告知书</source>
        <translation>Correction notice (申请材料补正告知书)</translation>
    </message>
    <message>
        <source>不予受理通知书</source>
        <translation>Non-acceptance notice (不予受理通知书)</translation>
    </message>
    <message>
        <source>待打印</source>
        <translation>To be printed</translation>
    </message>
    <message>
        <source>正在送打印机</source>
        <translation>Going to the printer</translation>
    </message>
    <message>
        <source>结果待查看</source>
        <translation>Look if it came out</translation>
    </message>
    <message>
        <source>排队中</source>
        <translation>Queued</translation>
    </message>
    <message>
        <source>打印中</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>已打印</source>
        <translation>Printed</translation>
    </message>
    <message>
        <source>打印机待处理</source>
        <translation>Printer needs you</translation>
    </message>
    <message>
        <source>没有打出</source>
        <translation>Did not come out</translation>
    </message>
    <message>
        <source>打印已取消</source>
        <translation>Print cancelled</translation>
    </message>
    <message>
        <source>需要时请大厅管理员在“设置”页登记</source>
        <translation>Ask the hall administrator to enter it on the Settings page when it is needed</translation>
    </message>
    <message>
        <source>草稿</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>已收件</source>
        <translation>Taken in</translation>
    </message>
    <message>
        <source>待补正</source>
        <translation>To correct</translation>
    </message>
    <message>
        <source>审查</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>特别程序</source>
        <translation>Special procedure</translation>
    </message>
    <message>
        <source>中止</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>决定</source>
        <translation>Decided</translation>
    </message>
    <message>
        <source>办结</source>
        <translation>Finished</translation>
    </message>
    <message>
        <source>待领取</source>
        <translation>To collect</translation>
    </message>
    <message>
        <source>已送达</source>
        <translation>Delivered</translation>
    </message>
    <message>
        <source>归档</source>
        <translation>Archived</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>终止</source>
        <translation>Terminated</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>不受理</source>
        <translation>Not required</translation>
    </message>
    <message>
        <source>办件现为“{state}”，不能{act}</source>
        <translation>The case is &quot;{state}&quot;; it is not possible to {act}</translation>
    </message>
    <message>
        <source>请核对办件编号和当前状态；如状态有误，请值班长在“办件”页查看经过</source>
        <translation>Check the case number and its state; if the state is wrong, ask the supervisor to look at its history on the Cases page</translation>
    </message>
    <message>
        <source>“{act}”不由{actor}办理</source>
        <translation>&quot;{act}&quot; is not done by the {actor}</translation>
    </message>
    <message>
        <source>请由有权的一方办理；不清楚时请值班长协助</source>
        <translation>Leave it to who may do it; ask the supervisor when in doubt</translation>
    </message>
    <message>
        <source>本事项由承办部门受理，窗口只收件</source>
        <translation>This item is accepted by the handling department; the window only takes in</translation>
    </message>
    <message>
        <source>请先收件并出具申请材料接收凭证，由部门在法定期限内作出受理决定</source>
        <translation>Take it in with a receiving slip; the department decides within the statutory limit</translation>
    </message>
    <message>
        <source>补正只能一次性告知，本件已告知过</source>
        <translation>Correction may be asked only once, and it was asked for this case</translation>
    </message>
    <message>
        <source>请按已交材料作出受理或者依法定理由不予受理的决定</source>
        <translation>Decide by the materials handed in: accept, or do not accept on a lawful ground</translation>
    </message>
    <message>
        <source>本事项的受理规则没有补正告知</source>
        <translation>The intake rules of this item know no correction</translation>
    </message>
    <message>
        <source>材料不符合要求时请当场书面告知不予受理，并写明需要补正的内容</source>
        <translation>If the materials are defective, give a non-acceptance notice at once and name what must be corrected</translation>
    </message>
    <message>
        <source>事项没有延长规定，或者已经延长过一次</source>
        <translation>The item has no rule for it, or it was extended once already</translation>
    </message>
    <message>
        <source>本件不能延长办理期限</source>
        <translation>The time limit of this case cannot be extended</translation>
    </message>
    <message>
        <source>请先补齐容缺材料</source>
        <translation>Supply the deferred materials first</translation>
    </message>
    <message>
        <source>还有 {count} 项容缺材料没有补齐，不能作出决定</source>
        <translation>{count} deferred materials have not been supplied; no decision is possible</translation>
    </message>
    <message>
        <source>本事项的受理规则没有视为受理</source>
        <translation>The intake rules of this item know no deemed acceptance</translation>
    </message>
    <message>
        <source>请按办事指南的规定办理</source>
        <translation>Follow the service guide</translation>
    </message>
    <message>
        <source>承诺件未经审查，不能作出决定</source>
        <translation>A promised case cannot be decided without review</translation>
    </message>
    <message>
        <source>请先转入审查</source>
        <translation>Begin the review first</translation>
    </message>
    <message>
        <source>收件</source>
        <comment>act</comment>
        <translation>take it in</translation>
    </message>
    <message>
        <source>受理</source>
        <comment>act</comment>
        <translation>accept it</translation>
    </message>
    <message>
        <source>视为受理</source>
        <comment>act</comment>
        <translation>deem it accepted</translation>
    </message>
    <message>
        <source>告知补正</source>
        <comment>act</comment>
        <translation>ask for correction</translation>
    </message>
    <message>
        <source>接收补正材料</source>
        <translation>take the corrected materials</translation>
    </message>
    <message>
        <source>按逾期未补正处理</source>
        <translation>close it as not corrected in time</translation>
    </message>
    <message>
        <source>不予受理</source>
        <comment>act</comment>
        <translation>refuse acceptance</translation>
    </message>
    <message>
        <source>转入审查</source>
        <translation>begin the review</translation>
    </message>
    <message>
        <source>进入特别程序</source>
        <translation>begin a special procedure</translation>
    </message>
    <message>
        <source>结束特别程序</source>
        <translation>end the special procedure</translation>
    </message>
    <message>
        <source>中止</source>
        <comment>act</comment>
        <translation>suspend it</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>resume</translation>
    </message>
    <message>
        <source>延长办理期限</source>
        <translation>extend the time limit</translation>
    </message>
    <message>
        <source>作出决定</source>
        <translation>decide</translation>
    </message>
    <message>
        <source>办结</source>
        <comment>act</comment>
        <translation>finish it</translation>
    </message>
    <message>
        <source>转待领取</source>
        <translation>make it ready for collection</translation>
    </message>
    <message>
        <source>送达</source>
        <translation>deliver</translation>
    </message>
    <message>
        <source>归档</source>
        <comment>act</comment>
        <translation>archive it</translation>
    </message>
    <message>
        <source>撤回申请</source>
        <comment>act</comment>
        <translation>withdraw it</translation>
    </message>
    <message>
        <source>终止办理</source>
        <translation>terminate</translation>
    </message>
    <message>
        <source>作废</source>
        <comment>act</comment>
        <translation>void it</translation>
    </message>
    <message>
        <source>承办部门</source>
        <translation>Handling department</translation>
    </message>
    <message>
        <source>期限届满</source>
        <translation>expiry of the time limit</translation>
    </message>
    <message>
        <source>窗口</source>
        <translation>window</translation>
    </message>
    <message>
        <source>“{title}”没有填写</source>
        <translation>&quot;{title}&quot; is empty</translation>
    </message>
    <message>
        <source>表单中没有“{title}”这一项，请核对事项版本</source>
        <translation>The form has no field &quot;{title}&quot;; check the item&apos;s version</translation>
    </message>
    <message>
        <source>“{title}”：{advice}</source>
        <translation>&quot;{title}&quot;: {advice}</translation>
    </message>
    <message>
        <source>请从可选项中选择：{choices}</source>
        <translation>Choose one of: {choices}</translation>
    </message>
    <message>
        <source>至少{length}个字</source>
        <translation>At least {length} characters</translation>
    </message>
    <message>
        <source>最多{length}个字</source>
        <translation>At most {length} characters</translation>
    </message>
    <message>
        <source>至少填写{length}项</source>
        <translation>At least {length} entries</translation>
    </message>
    <message>
        <source>最多填写{length}项</source>
        <translation>At most {length} entries</translation>
    </message>
    <message>
        <source>不能小于{least}</source>
        <translation>Not less than {least}</translation>
    </message>
    <message>
        <source>不能大于{most}</source>
        <translation>Not more than {most}</translation>
    </message>
    <message>
        <source>{title}；{advice}</source>
        <translation>{title}; {advice}</translation>
    </message>
    <message>
        <source>填写的内容不符合要求，请按示范文本重新填写</source>
        <translation>This does not meet the requirements; fill it in again by the sample</translation>
    </message>
    <message>
        <source>请按年-月-日填写真实的日期，例如2026-11-30</source>
        <translation>Type a real date as year-month-day, e.g. 2026-11-30</translation>
    </message>
    <message>
        <source>请用半角字符填写，不要加空格</source>
        <translation>Type half-width characters without spaces</translation>
    </message>
    <message>
        <source>{group}第{place}项</source>
        <translation>{group}, entry {place}</translation>
    </message>
    <message>
        <source>居民身份证</source>
        <translation>Resident ID card</translation>
    </message>
    <message>
        <source>临时居民身份证</source>
        <translation>Temporary resident ID card</translation>
    </message>
    <message>
        <source>居民户口簿</source>
        <translation>Household register</translation>
    </message>
    <message>
        <source>15位居民身份证号码（历史号码）</source>
        <translation>15-digit ID number (historical)</translation>
    </message>
    <message>
        <source>港澳台居民居住证</source>
        <translation>Residence permit for HK, Macao, Taiwan</translation>
    </message>
    <message>
        <source>外国人永久居留身份证（2017版）</source>
        <translation>Foreigner&apos;s permanent resident card (2017)</translation>
    </message>
    <message>
        <source>外国人永久居留身份证</source>
        <translation>Foreigner&apos;s permanent resident card</translation>
    </message>
    <message>
        <source>港澳居民来往内地通行证</source>
        <translation>HK and Macao travel permit</translation>
    </message>
    <message>
        <source>台湾居民来往大陆通行证</source>
        <translation>Taiwan travel permit</translation>
    </message>
    <message>
        <source>护照</source>
        <translation>Passport</translation>
    </message>
    <message>
        <source>统一社会信用代码</source>
        <translation>Unified social credit code</translation>
    </message>
    <message>
        <source>其他证件</source>
        <translation>Other document</translation>
    </message>
    <message>
        <source>没有填写{kind}号码</source>
        <translation>No number typed: {kind}</translation>
    </message>
    <message>
        <source>请读卡，或对照证件录入号码；没有该证件的，请先改选证件类型</source>
        <translation>Read the card or type the number from it; if there is no such document, choose another kind first</translation>
    </message>
    <message>
        <source>{kind}号码应为{expected}位，现为{found}位</source>
        <translation>{kind}: the number has {expected} characters, this has {found}</translation>
    </message>
    <message>
        <source>请对照证件检查有没有漏录、多录；位数与证件一致的，请检查证件类型是否选错</source>
        <translation>Compare with the document: something left out or typed twice? If the length is right, check the kind of document</translation>
    </message>
    <message>
        <source>{kind}号码中有不该出现的字符</source>
        <translation>{kind}: the number has characters that do not belong there</translation>
    </message>
    <message>
        <source>请对照证件检查字母与数字（如字母O与数字0）；与证件一致的，请检查证件类型是否选错</source>
        <translation>Compare letters and digits with the document (letter O, digit 0); if it is the same, check the kind of document</translation>
    </message>
    <message>
        <source>{kind}号码中的出生日期不存在或晚于今天</source>
        <translation>{kind}: the birth date in the number does not exist or is in the future</translation>
    </message>
    <message>
        <source>请对照证件检查第7至14位（15位号码为第7至12位）</source>
        <translation>Compare characters 7 to 14 with the document (7 to 12 of a 15-digit number)</translation>
    </message>
    <message>
        <source>{kind}号码的校验位不符</source>
        <translation>{kind}: the check character is wrong</translation>
    </message>
    <message>
        <source>请对照证件逐位核对，尤其是相邻两位有没有写反；与证件一致仍不符的，请值班长核对证件</source>
        <translation>Compare character by character, above all two that may be swapped; if it is as on the document, ask the supervisor to check the document</translation>
    </message>
    <message>
        <source>15位号码是旧身份证号码，不能用于新办件</source>
        <translation>A 15-digit number is an old ID number and cannot be used for new cases</translation>
    </message>
    <message>
        <source>请录入现用的18位公民身份号码；查旧档案时可按历史号码查询</source>
        <translation>Type the present 18-digit number; old files can be searched by the historical one</translation>
    </message>
    <message>
        <source>9或11</source>
        <translation>9 or 11</translation>
    </message>
    <message>
        <source>8或10</source>
        <translation>8 or 10</translation>
    </message>
    <message>
        <source>5至17</source>
        <translation>5 to 17</translation>
    </message>
    <message>
        <source>1至40</source>
        <translation>1 to 40</translation>
    </message>
    <message>
        <source>自然人</source>
        <translation>Natural person</translation>
    </message>
    <message>
        <source>企业法人</source>
        <translation>Company</translation>
    </message>
    <message>
        <source>个体工商户</source>
        <translation>Sole trader</translation>
    </message>
    <message>
        <source>事业单位</source>
        <translation>Public institution</translation>
    </message>
    <message>
        <source>社会组织</source>
        <translation>Social organisation</translation>
    </message>
    <message>
        <source>其他组织</source>
        <translation>Other organisation</translation>
    </message>
    <message>
        <source>本人</source>
        <translation>In person</translation>
    </message>
    <message>
        <source>法定代表人（负责人）</source>
        <translation>Legal representative</translation>
    </message>
    <message>
        <source>委托代理人</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>监护人</source>
        <translation>Guardian</translation>
    </message>
    <message>
        <source>没有填写{part}的姓名或名称</source>
        <translation>No name typed: {part}</translation>
    </message>
    <message>
        <source>请读卡，或对照证件、营业执照录入</source>
        <translation>Read the card, or type it from the document or the business licence</translation>
    </message>
    <message>
        <source>自然人不能用统一社会信用代码</source>
        <translation>A natural person cannot use a unified social credit code</translation>
    </message>
    <message>
        <source>请改选证件类型；以个体工商户或单位名义申请的，请改选申请人类型</source>
        <translation>Choose another kind of document; a sole trader or a body must be chosen as such</translation>
    </message>
    <message>
        <source>{kind}应当用统一社会信用代码</source>
        <translation>{kind}: a unified social credit code is needed</translation>
    </message>
    <message>
        <source>请录入统一社会信用代码；尚无代码的（如正在设立），请以自然人身份申请，或选“其他证件”</source>
        <translation>Type the unified social credit code; without one (being founded, for instance) apply as a natural person or choose &quot;Other document&quot;</translation>
    </message>
    <message>
        <source>申请人是{kind}，到场人不能是“{capacity}”</source>
        <translation>Applicant: {kind}; who is at the window cannot be &quot;{capacity}&quot;</translation>
    </message>
    <message>
        <source>请改选到场人身份：单位由法定代表人（负责人）或委托代理人办理，自然人由本人、监护人或委托代理人办理</source>
        <translation>Choose another capacity: a body acts by its legal representative or an agent, a person in person, by a guardian or an agent</translation>
    </message>
    <message>
        <source>到场人选的是“本人”，但与申请人的证件号码或姓名不一致</source>
        <translation>&quot;In person&quot; is chosen, but number or name differ from the applicant&apos;s</translation>
    </message>
    <message>
        <source>请核对两处信息；确实不是本人的，请改选“委托代理人”或“监护人”</source>
        <translation>Check both; if it is someone else, choose &quot;Agent&quot; or &quot;Guardian&quot;</translation>
    </message>
    <message>
        <source>{capacity}与申请人是同一个人</source>
        <translation>{capacity} and applicant are the same person</translation>
    </message>
    <message>
        <source>请改选“本人”，或更正其中一处证件信息</source>
        <translation>Choose &quot;In person&quot;, or correct one of the two documents</translation>
    </message>
    <message>
        <source>到场人</source>
        <translation>At the window</translation>
    </message>
    <message>
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <source>“{item}”没有情形“{situation}”或选项“{option}”</source>
        <translation>&quot;{item}&quot; has no situation &quot;{situation}&quot; or option &quot;{option}&quot;</translation>
    </message>
    <message>
        <source>请重新选择情形；如办件文件由其他系统生成，请核对事项版本，或请大厅管理员更新事项目录</source>
        <translation>Choose the situation again; if the case file comes from another system, check the item&apos;s version or ask the hall administrator to update the catalogue</translation>
    </message>
    <message>
        <source>{length}个工作日</source>
        <translation>{length} working day(s)</translation>
    </message>
    <message>
        <source>{length}个自然日</source>
        <translation>{length} day(s)</translation>
    </message>
    <message>
        <source>{length}个月</source>
        <translation>{length} month(s)</translation>
    </message>
    <message>
        <source>法定{law}个／承诺{promise}</source>
        <translation>Statutory {law}, promised {promise}</translation>
    </message>
    <message>
        <source>无法定时限</source>
        <translation>No statutory limit</translation>
    </message>
    <message>
        <source>法定{law}</source>
        <translation>Statutory {law}</translation>
    </message>
    <message>
        <source>{legal}／承诺{promise}</source>
        <translation>{legal}, promised {promise}</translation>
    </message>
    <message>
        <source>实施编码不是31位的标准格式</source>
        <translation>the implementation code is not of the standard 31 characters</translation>
    </message>
    <message>
        <source>实施编码前18位不是有效的统一社会信用代码</source>
        <translation>the first 18 characters of the implementation code are no valid unified social credit code</translation>
    </message>
    <message>
        <source>实施编码前18位与实施机关的统一社会信用代码不一致</source>
        <translation>the first 18 characters of the implementation code differ from the implementing organ&apos;s unified social credit code</translation>
    </message>
    <message>
        <source>基本编码不是12位的标准格式</source>
        <translation>the basic code is not of the standard 12 characters</translation>
    </message>
    <message>
        <source>实施编码末12位与基本编码不一致</source>
        <translation>the last 12 characters of the implementation code differ from the basic code</translation>
    </message>
    <message>
        <source>业务办理项编码不是实施编码加两位顺序号（01至99）</source>
        <translation>the handling-item code is not the implementation code with two digits (01 to 99)</translation>
    </message>
    <message>
        <source>{kind}{number}</source>
        <translation>{kind} {number}</translation>
    </message>
    <message>
        <source>姓名第{position}个字是旧系统的专用字符（U+{code}），国家标准对应的字是“{standard}”，请与证件核对后更正</source>
        <translation>Character {position} of the name is an old system&apos;s own (U+{code}); the national standard has &quot;{standard}&quot; for it. Compare with the document and correct it</translation>
    </message>
    <message>
        <source>姓名第{position}个字是系统专用字符（U+{code}），没有公开的含义，请对照证件改为正确的字</source>
        <translation>Character {position} of the name is a private one (U+{code}) without public meaning; correct it by the document</translation>
    </message>
    <message>
        <source>姓名第{position}个字是部首符号（U+{code}），不是姓名用字，请对照证件改为正确的字</source>
        <translation>Character {position} of the name is a radical (U+{code}), not a character of names; correct it by the document</translation>
    </message>
    <message>
        <source>姓名第{position}个字没有正确读出（U+{code}），请对照证件改为正确的字</source>
        <translation>Character {position} of the name was not read (U+{code}); correct it by the document</translation>
    </message>
    <message>
        <source>这不是完整的办件编号</source>
        <translation>This is not a whole case number</translation>
    </message>
    <message>
        <source>办件编号共23位数字，如110101-01-07-20261123-0043-6；请对照文书重新输入或扫描条码</source>
        <translation>A case number has 23 digits, e.g. 110101-01-07-20261123-0043-6; type it again from the paper or scan the bar code</translation>
    </message>
    <message>
        <source>办件编号的校验位不符</source>
        <translation>The check digit of the case number is wrong</translation>
    </message>
    <message>
        <source>编号中有数字录错或写反，请对照文书重新输入或扫描条码</source>
        <translation>A digit is wrong or two are swapped; type it again from the paper or scan the bar code</translation>
    </message>
    <message>
        <source>本窗口今日的办件编号已用完</source>
        <translation>This window has used up today&apos;s case numbers</translation>
    </message>
    <message>
        <source>请换一个窗口办理，并告知大厅管理员；草稿已保存</source>
        <translation>Go on at another window and tell the hall administrator; the draft is saved</translation>
    </message>
    <message>
        <source>文书编号由机关代字、年份和序号组成，如示市监许受〔2026〕43号</source>
        <translation>A paper number is made of organ word, year and serial, like 示市监许受〔2026〕43号</translation>
    </message>
    <message>
        <source>这不是完整的文书编号</source>
        <translation>This is not a whole paper number</translation>
    </message>
    <message>
        <source>查询码共8位，印在回执和通知书上，如7K4P-2M9X；请对照重新输入</source>
        <translation>A query code has 8 characters and stands on slips and notices, e.g. 7K4P-2M9X; type it again from there</translation>
    </message>
    <message>
        <source>这不是完整的查询码</source>
        <translation>This is not a whole query code</translation>
    </message>
    <message>
        <source>联系电话的格式不对</source>
        <translation>This is no telephone number</translation>
    </message>
    <message>
        <source>手机为11位数字；座机请带区号（如0000-0000001）；境外号码以+和国家代码开头。请与申请人核对</source>
        <translation>A mobile number has 11 digits; a landline needs its area code (0000-0000001); a foreign number begins with + and the country code. Ask the applicant</translation>
    </message>
    <message>
        <source>不合要求</source>
        <translation>not as required</translation>
    </message>
    <message>
        <source>缺少</source>
        <translation>missing</translation>
    </message>
    <message>
        <source>不认识的项</source>
        <translation>unknown entry</translation>
    </message>
    <message>
        <source>不是有效的 JSON</source>
        <translation>not valid JSON</translation>
    </message>
    <message>
        <source>不在可选值之内</source>
        <translation>not among the possible values</translation>
    </message>
    <message>
        <source>太短或者是空的</source>
        <translation>too short or empty</translation>
    </message>
    <message>
        <source>太长</source>
        <translation>too long</translation>
    </message>
    <message>
        <source>格式不对</source>
        <translation>wrong format</translation>
    </message>
    <message>
        <source>太小</source>
        <translation>too small</translation>
    </message>
    <message>
        <source>太大</source>
        <translation>too large</translation>
    </message>
    <message>
        <source>项数太少</source>
        <translation>too few entries</translation>
    </message>
    <message>
        <source>项数太多</source>
        <translation>too many entries</translation>
    </message>
    <message>
        <source>应为文字</source>
        <translation>must be text</translation>
    </message>
    <message>
        <source>应为 UTF-8 文字</source>
        <translation>must be UTF-8 text</translation>
    </message>
    <message>
        <source>应为日期和时间，如 2026-11-23T09:30:00+08:00</source>
        <translation>must be date and time, e.g. 2026-11-23T09:30:00+08:00</translation>
    </message>
    <message>
        <source>应为带时区的日期和时间</source>
        <translation>must be date and time with a time zone</translation>
    </message>
    <message>
        <source>应为日期，如 2026-11-23</source>
        <translation>must be a date, e.g. 2026-11-23</translation>
    </message>
    <message>
        <source>应为 true 或 false</source>
        <translation>must be true or false</translation>
    </message>
    <message>
        <source>应为整数</source>
        <translation>must be a whole number</translation>
    </message>
    <message>
        <source>应为数字</source>
        <translation>must be a number</translation>
    </message>
    <message>
        <source>应为列表</source>
        <translation>must be a list</translation>
    </message>
    <message>
        <source>应为成对的项</source>
        <translation>must be a table of pairs</translation>
    </message>
    <message>
        <source>“{ground}”不是“{law}”规定的不予受理情形</source>
        <translation>&quot;{ground}&quot; is no ground for non-acceptance under &quot;{law}&quot;</translation>
    </message>
    <message>
        <source>请从列出的情形中选择；材料不齐的，除不动产登记外应当一次性告知补正，不是不予受理的理由</source>
        <translation>Choose one of the listed grounds; except for real estate, incomplete materials call for a correction notice and are no ground</translation>
    </message>
    <message>
        <source>“{law}”没有“{paper}”这种文书</source>
        <translation>&quot;{law}&quot; knows no paper &quot;{paper}&quot;</translation>
    </message>
    <message>
        <source>请改用该受理规则规定的文书；如确有需要，请大厅管理员在受理规则中登记其标题</source>
        <translation>Use the paper its intake rules provide; if this one is needed, ask the hall administrator to enter its title there</translation>
    </message>
    <message>
        <source>值班长</source>
        <translation>Supervisor</translation>
    </message>
    <message>
        <source>大厅管理员</source>
        <translation>Hall administrator</translation>
    </message>
    <message>
        <source>窗口人员</source>
        <translation>Clerk</translation>
    </message>
    <message>
        <source>收件和受理</source>
        <translation>take in and accept</translation>
    </message>
    <message>
        <source>用印登记</source>
        <translation>Enter seal</translation>
    </message>
    <message>
        <source>补打文书</source>
        <translation>reprint papers</translation>
    </message>
    <message>
        <source>重新上传平台未接收的办件</source>
        <translation>upload again what the platform did not take</translation>
    </message>
    <message>
        <source>暂不上传或搁置办件</source>
        <translation>hold back or set aside cases</translation>
    </message>
    <message>
        <source>管理人员</source>
        <translation>manage people</translation>
    </message>
    <message>
        <source>备份</source>
        <comment>act</comment>
        <translation>back up</translation>
    </message>
    <message>
        <source>处理核对差异</source>
        <translation>settle differences</translation>
    </message>
    <message>
        <source>管理号段和编号</source>
        <translation>manage number blocks and numbers</translation>
    </message>
    <message>
        <source>{role}没有“{right}”的权限</source>
        <translation>{role}: no right to {right}</translation>
    </message>
    <message>
        <source>请由有权限的人员办理，或请大厅管理员调整权限；本次操作已记录</source>
        <translation>Leave it to someone who has it, or ask the hall administrator for the right; this attempt was recorded</translation>
    </message>
    <message>
        <source>“{right}”须双人复核</source>
        <translation>&quot;{right}&quot; needs a second person</translation>
    </message>
    <message>
        <source>请另一位工作人员在本窗口输入自己的口令复核；不能由本人复核</source>
        <translation>Ask a colleague to enter the own PIN at this window; you cannot confirm your own act</translation>
    </message>
    <message>
        <source>{file} 不是一窗的加密文件</source>
        <translation>{file} is no sealed file of Yichuang</translation>
    </message>
    <message>
        <source>请核对选择的文件；其中没有任何内容被采用</source>
        <translation>Check which file you chose; nothing of it was used</translation>
    </message>
    <message>
        <source>{file} 不是加密给这把钥匙的（{key}），打不开</source>
        <translation>{file} is not sealed to this key ({key}) and cannot be opened</translation>
    </message>
    <message>
        <source>请核对是不是本大厅、本平台的文件，以及钥匙文件是否拿对；都对时请联系系统管理员</source>
        <translation>Check that the file is of this hall and platform and the key file the right one; if both are, call the system administrator</translation>
    </message>
    <message>
        <source>{file} 不完整或被改动过，没有采用其中任何内容</source>
        <translation>{file} is incomplete or was altered; nothing of it was used</translation>
    </message>
    <message>
        <source>请重新拷贝一次再试；仍不行请回原窗口重新导出，原窗口的办件都还在</source>
        <translation>Copy it again and retry; if that fails, export it anew at its window, where all its cases still are</translation>
    </message>
    <message>
        <source>{file} 由更新版本的一窗写成，本版本读不了</source>
        <translation>{file} was written by a newer Yichuang; this version cannot read it</translation>
    </message>
    <message>
        <source>请安装与原窗口相同的版本后再试；文件没有改动</source>
        <translation>Install the version of that window and try again; the file is unchanged</translation>
    </message>
    <message>
        <source>{what}写得不对，不能用来加密</source>
        <translation>{what} is not written correctly and cannot be used to seal</translation>
    </message>
    <message>
        <source>请不要手工抄写；请用 yichuang second-copy 重新设置</source>
        <translation>Do not copy it by hand; set it with yichuang second-copy</translation>
    </message>
    <message>
        <source>{file} 读不出来（{reason}）</source>
        <translation>{file} cannot be read ({reason})</translation>
    </message>
    <message>
        <source>没有采用其中任何内容；请核对文件名、权限和所在的 U 盘，换一个 U 盘重新拷贝后再试</source>
        <translation>Nothing of it was used; check name, permissions and the USB stick, copy it to another stick and try again</translation>
    </message>
    <message>
        <source>{file} 不是平台给本窗口的答复，或者被改动过</source>
        <translation>{file} is no answer of the platform to this window, or was altered</translation>
    </message>
    <message>
        <source>没有采用其中任何内容；请核对是不是本窗口导出的那一份的答复。办件仍会照常上传，不会重复</source>
        <translation>Nothing of it was used; check that it answers the file this window exported. The cases are uploaded as usual, none twice</translation>
    </message>
    <message>
        <source>请核对路径和读取权限；文件内容应为一行 UTF-8 文字</source>
        <translation>Check the path and the permission to read; the file holds one line of UTF-8 text</translation>
    </message>
    <message>
        <source>读不到 {named_by} 指明的文件</source>
        <translation>The file named by {named_by} cannot be read</translation>
    </message>
    <message>
        <source>大厅恢复公钥（recovery_key）</source>
        <translation>the hall&apos;s recovery key (recovery_key)</translation>
    </message>
    <message>
        <source>平台公钥（hub_key）</source>
        <translation>the platform&apos;s key (hub_key)</translation>
    </message>
    <message>
        <source>本窗口的数据正由另一个程序使用：{program}（进程 {pid}，电脑 {host}，自 {since} 起）</source>
        <translation>The data of this window are in use by another program: {program} (process {pid}, computer {host}, since {since})</translation>
    </message>
    <message>
        <source>请在已打开的一窗程序里办理，或先关闭它再试；找不到该程序时请联系系统管理员</source>
        <translation>Work in the Yichuang window that is open, or close it first; if you cannot find it, call the system administrator</translation>
    </message>
    <message>
        <source>磁盘空间不足，{what}没有保存</source>
        <translation>Disk full: {what} not saved</translation>
    </message>
    <message>
        <source>此前已受理的办件不受影响。请清理磁盘后重试这一步；无法清理时请联系系统管理员</source>
        <translation>Cases accepted before are safe. Free some disk space and try this step again; if you cannot, call the system administrator</translation>
    </message>
    <message>
        <source>没有权限读写{what}</source>
        <translation>No permission to read or write {what}</translation>
    </message>
    <message>
        <source>请确认用本窗口的系统账户登录、磁盘不是只读；仍不行请联系系统管理员</source>
        <translation>Sign in to the computer by this window&apos;s account and see that the disk is not read-only; if it stays so, call the system administrator</translation>
    </message>
    <message>
        <source>磁盘读写失败，{what}没有保存或读出</source>
        <translation>Disk error: {what} not saved or not read</translation>
    </message>
    <message>
        <source>请先停止受理并重试一次；再次失败说明磁盘可能损坏，请马上联系系统管理员并保留本机</source>
        <translation>Stop accepting cases and try once more; if it fails again the disk may be damaged: call the system administrator at once and keep this computer</translation>
    </message>
    <message>
        <source>数据正被另一步操作占用，这一步没有保存</source>
        <translation>The data are busy with another step; this step was not saved</translation>
    </message>
    <message>
        <source>请等几秒再试；反复出现时请重新打开一窗程序，并联系系统管理员</source>
        <translation>Wait some seconds and try again; if it comes back, open Yichuang again and call the system administrator</translation>
    </message>
    <message>
        <source>本窗口的数据文件 {file} 有损坏，读到了不可信的内容</source>
        <translation>The data file {file} of this window is damaged; what was read cannot be trusted</translation>
    </message>
    <message>
        <source>请停止受理，保留本机不要重装；请系统管理员用 yichuang doctor 检查，并从最近的备份恢复</source>
        <translation>Stop accepting cases and do not reinstall this computer; ask the system administrator to run yichuang doctor and restore the latest backup</translation>
    </message>
    <message>
        <source>打不开数据文件 {file}：文件开头已损坏，或它与本机的密钥文件不是一对</source>
        <translation>The data file {file} cannot be opened: its beginning is damaged, or it does not belong to this computer&apos;s key file</translation>
    </message>
    <message>
        <source>如果刚刚复制或移动过数据目录，请把 store.db 与 store.key 一起放回；否则请系统管理员从最近的备份恢复</source>
        <translation>If the data folder was just copied or moved, put store.db and store.key back together; otherwise ask the system administrator to restore the latest backup</translation>
    </message>
    <message>
        <source>数据文件比最后一次登记的要旧：第 {entry} 条操作记录找不到了</source>
        <translation>The data file is older than what was last noted: entry {entry} of the record is gone</translation>
    </message>
    <message>
        <source>请停止受理，不要删除任何文件；请系统管理员查明数据文件是否被替换或损坏，并从最近的备份恢复</source>
        <translation>Stop accepting cases and delete nothing; ask the system administrator to find out whether the data file was replaced or damaged, and to restore the latest backup</translation>
    </message>
    <message>
        <source>找不到数据文件 {file}</source>
        <translation>Data file {file} not found</translation>
    </message>
    <message>
        <source>请确认数据目录（--profile）写对了；第一次使用请先打开一窗程序，否则请系统管理员从最近的备份恢复</source>
        <translation>Check the data folder (--profile); the first time, open the window first. Otherwise ask the system administrator to restore the latest backup</translation>
    </message>
    <message>
        <source>找不到已保存的扫描件或文书文件（{file}）</source>
        <translation>A saved scan or paper file was not found ({file})</translation>
    </message>
    <message>
        <source>已保存的扫描件或文书文件被改动或损坏（{file}），内容不可信，没有打开</source>
        <translation>A saved scan or paper file was altered or damaged ({file}); it cannot be trusted and was not opened</translation>
    </message>
    <message>
        <source>数据由更新版本的一窗保存（结构版本 {revision}），本版本读不了</source>
        <translation>The data were saved by a newer Yichuang (schema {revision}); this version cannot read them</translation>
    </message>
    <message>
        <source>请安装与其他窗口相同的新版本后再打开；数据没有改动。需要帮助请联系系统管理员</source>
        <translation>Install the version of the other windows and open it again; the data are unchanged. The system administrator can help</translation>
    </message>
    <message>
        <source>操作记录第 {entry} 条起前后对不上，可能被改动过</source>
        <translation>The record of acts does not match from entry {entry} on; it may have been altered</translation>
    </message>
    <message>
        <source>请停止受理并保留本机，马上联系审计管理员核查</source>
        <translation>Stop accepting cases, keep this computer, and call the audit administrator at once</translation>
    </message>
    <message>
        <source>本机没有可用的系统密钥环，也没有给出口令，数据无法加密保存，所以没有建立</source>
        <translation>There is no system keyring and no passphrase was given; the data could not be encrypted, so none were set up</translation>
    </message>
    <message>
        <source>请启用系统密钥环后重试，或由系统管理员把口令写入文件，并用 YICHUANG_KEY_FILE 指明该文件</source>
        <translation>Switch on the system keyring and try again, or ask the system administrator to write a passphrase into a file and name it by YICHUANG_KEY_FILE</translation>
    </message>
    <message>
        <source>本机没有可用的系统密钥环，取不到数据的钥匙</source>
        <translation>There is no system keyring here; the key of the data cannot be had</translation>
    </message>
    <message>
        <source>请用平时的系统账户登录桌面后再打开；没有密钥环的电脑请系统管理员用口令打开（YICHUANG_KEY_FILE）</source>
        <translation>Sign in to the desktop by the usual account and open it again; on a computer without a keyring, ask the system administrator to open it by passphrase (YICHUANG_KEY_FILE)</translation>
    </message>
    <message>
        <source>系统密钥环还没有解锁，取不到数据的钥匙</source>
        <translation>The system keyring is locked; the key of the data cannot be had</translation>
    </message>
    <message>
        <source>请重新登录系统或在弹出的窗口里解锁密钥环，然后再打开；忘记密码请联系系统管理员</source>
        <translation>Sign in again, or unlock the keyring in the dialog, then open the window again; if the password is forgotten, call the system administrator</translation>
    </message>
    <message>
        <source>系统密钥环没有回应或拒绝了请求</source>
        <translation>The system keyring did not answer or refused</translation>
    </message>
    <message>
        <source>请重新登录系统后再试；仍不行请系统管理员用口令打开（YICHUANG_KEY_FILE）</source>
        <translation>Sign in to the computer again and retry; if it stays so, ask the system administrator to open it by passphrase (YICHUANG_KEY_FILE)</translation>
    </message>
    <message>
        <source>系统密钥环里没有本窗口数据的钥匙</source>
        <translation>The system keyring has no key for this window&apos;s data</translation>
    </message>
    <message>
        <source>请确认用的是建立数据时的系统账户；换过电脑或重装过系统的，请系统管理员用口令打开（YICHUANG_KEY_FILE）</source>
        <translation>Use the account the data were set up by; if the computer was changed or reinstalled, ask the system administrator to open it by passphrase (YICHUANG_KEY_FILE)</translation>
    </message>
    <message>
        <source>口令不对，数据没有打开</source>
        <translation>Wrong passphrase; the data were not opened</translation>
    </message>
    <message>
        <source>请核对口令文件（YICHUANG_KEY_FILE）的内容后重试；忘记口令请联系系统管理员</source>
        <translation>Check the passphrase file (YICHUANG_KEY_FILE) and try again; if the passphrase is forgotten, call the system administrator</translation>
    </message>
    <message>
        <source>口令是空的，不能用来保护数据</source>
        <translation>The passphrase is empty and cannot protect the data</translation>
    </message>
    <message>
        <source>请在口令文件（YICHUANG_KEY_FILE）里写入口令后重试</source>
        <translation>Write a passphrase into its file (YICHUANG_KEY_FILE) and try again</translation>
    </message>
    <message>
        <source>打开本窗口的数据需要口令</source>
        <translation>The data of this window need a passphrase</translation>
    </message>
    <message>
        <source>请由系统管理员把口令写入文件，并用 YICHUANG_KEY_FILE 指明该文件</source>
        <translation>Ask the system administrator to write the passphrase into a file and name it by YICHUANG_KEY_FILE</translation>
    </message>
    <message>
        <source>数据目录里没有密钥文件 {file}，已有的数据打不开</source>
        <translation>The data folder has no key file {file}; the data there cannot be opened</translation>
    </message>
    <message>
        <source>请不要新建数据；请系统管理员从备份里找回密钥文件，或恢复整个备份</source>
        <translation>Do not set up new data; ask the system administrator to find the key file in a backup, or to restore the whole backup</translation>
    </message>
    <message>
        <source>密钥文件 {file} 已损坏，打不开数据</source>
        <translation>The key file {file} is damaged; the data cannot be opened</translation>
    </message>
    <message>
        <source>请不要删除任何文件；请系统管理员从备份里找回密钥文件</source>
        <translation>Delete nothing; ask the system administrator to find the key file in a backup</translation>
    </message>
    <message>
        <source>数据目录里已有密钥文件 {file}，没有重新建立</source>
        <translation>The data folder has a key file {file} already; no other was made</translation>
    </message>
    <message>
        <source>请直接打开这份数据；要另建一份请换一个空的目录</source>
        <translation>Open the data that are there; for others, take an empty folder</translation>
    </message>
    <message>
        <source>备份文件 {file} 已经存在，没有覆盖</source>
        <translation>The backup file {file} exists already and was not overwritten</translation>
    </message>
    <message>
        <source>请换一个文件名，例如加上日期</source>
        <translation>Take another name, with the date for instance</translation>
    </message>
    <message>
        <source>备份文件 {file} 不完整或已损坏，没有恢复任何内容</source>
        <translation>The backup file {file} is incomplete or damaged; nothing was restored</translation>
    </message>
    <message>
        <source>请换用另一份备份；都不行时请联系系统管理员</source>
        <translation>Take another backup; if none works, call the system administrator</translation>
    </message>
    <message>
        <source>目标目录里已有数据，没有恢复，原有数据没有改动</source>
        <translation>The folder holds data already; nothing was restored, and they are unchanged</translation>
    </message>
    <message>
        <source>请把备份恢复到一个空的目录</source>
        <translation>Restore the backup into an empty folder</translation>
    </message>
    <message>
        <source>找不到备份文件 {file}</source>
        <translation>Backup file {file} not found</translation>
    </message>
    <message>
        <source>请核对文件名和所在的磁盘后再试</source>
        <translation>Check the name and the disk and try again</translation>
    </message>
    <message>
        <source>找不到第二份的存放处 {folder}</source>
        <translation>The place of the second copy {folder} was not found</translation>
    </message>
    <message>
        <source>{folder} 里没有窗口的第二份</source>
        <translation>{folder} holds no second copy of a window</translation>
    </message>
    <message>
        <source>还没有设置{what}，不能把办件加密带出本机</source>
        <translation>{what} not set: cases cannot leave this computer encrypted</translation>
    </message>
    <message>
        <source>文件 {file} 已经存在，没有覆盖</source>
        <translation>The file {file} exists already and was not overwritten</translation>
    </message>
    <message>
        <source>请换一个文件名，例如加上日期和时间</source>
        <translation>Take another name, with date and time for instance</translation>
    </message>
    <message>
        <source>没有未上传的办件，没有导出</source>
        <translation>There are no unsent cases; nothing was exported</translation>
    </message>
    <message>
        <source>平台都已接收，无需处理</source>
        <translation>The platform has them all; nothing to do</translation>
    </message>
    <message>
        <source>{file} 不是大厅的恢复钥匙文件，或者已损坏</source>
        <translation>{file} is no recovery key of a hall, or is damaged</translation>
    </message>
    <message>
        <source>请核对文件，或者换用保管的另一份；没有它时第二份只有平台打得开</source>
        <translation>Check the file, or take the other one in safe keeping; without it only the platform can open the second copy</translation>
    </message>
    <message>
        <source>文件 {file} 已经存在，没有生成恢复钥匙</source>
        <translation>The file {file} exists already; no recovery key was made</translation>
    </message>
    <message>
        <source>请换一个文件名；已有的恢复钥匙不要覆盖，用它加密过的第二份只有它打得开</source>
        <translation>Take another name; never overwrite a recovery key, for nothing else opens what was sealed to it</translation>
    </message>
    <message>
        <source>没有给出恢复钥匙的口令</source>
        <translation>No passphrase of the recovery key was given</translation>
    </message>
    <message>
        <source>请把口令写入文件，并用 --passphrase-file 指明；口令与恢复钥匙请分开保管</source>
        <translation>Write the passphrase into a file and name it by --passphrase-file; keep passphrase and recovery key apart</translation>
    </message>
    <message>
        <source>恢复钥匙 {file} 的口令不对，没有打开</source>
        <translation>Wrong passphrase of the recovery key {file}; it was not opened</translation>
    </message>
    <message>
        <source>请核对 --passphrase-file 的内容；忘记口令时，第二份和导出的文件只有平台打得开，请联系平台管理员</source>
        <translation>Check the file of --passphrase-file; if the passphrase is forgotten, only the platform opens second copies and exports: call the platform administrator</translation>
    </message>
    <message>
        <source>平台的公钥（{new}）与本窗口记下的（{old}）不同，没有采用</source>
        <translation>The platform&apos;s public key ({new}) is not the one on record here ({old}); it was not taken</translation>
    </message>
    <message>
        <source>请向平台管理员当面或电话核对公钥尾号；确实换过的，加 --accept-hub-key 再设置一次</source>
        <translation>Compare the end of the key with the platform administrator in person or by telephone; if it was really changed, set it again with --accept-hub-key</translation>
    </message>
    <message>
        <source>待生成</source>
        <translation>To be made</translation>
    </message>
    <message>
        <source>可交付</source>
        <translation>Ready to hand over</translation>
    </message>
    <message>
        <source>送往打印机时窗口中断，不知是否打出</source>
        <translation>window broke off on the way to the printer; unknown if it came out</translation>
    </message>
    <message>
        <source>恢复备份：备份之后可能已经打出</source>
        <translation>backup restored: possibly printed after the backup</translation>
    </message>
    <message>
        <source>一窗</source>
        <translation>Yichuang</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <source>。</source>
        <translation>. </translation>
    </message>
    <message>
        <source>&#x3000;</source>
        <translation>  </translation>
    </message>
    <message>
        <source>（{words}）</source>
        <translation> ({words})</translation>
    </message>
    <message>
        <source>{name}：{words}</source>
        <translation>{name}: {words}</translation>
    </message>
    <message>
        <source>没有连上{device}</source>
        <translation>{device} is not connected</translation>
    </message>
    <message>
        <source>请检查阅读器的数据线和电源，重新插拔后再读；仍连不上请按Ctrl+F2手工录入，并联系大厅技术人员</source>
        <translation>Check the reader&apos;s cable and power, plug it in again and read again; if it stays so, type the data with Ctrl+F2 and call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>{device}正被其他程序使用</source>
        <translation>{device} is in use by another program</translation>
    </message>
    <message>
        <source>请关闭正在读卡的其他程序后再读，或联系大厅技术人员</source>
        <translation>Close the other program that reads cards, or call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>{device}没有应答</source>
        <translation>{device} does not answer</translation>
    </message>
    <message>
        <source>请拿起证件、重新插拔阅读器后再读；仍无应答请按Ctrl+F2手工录入，并联系大厅技术人员</source>
        <translation>Lift the card, plug the reader in again and read again; if it stays so, type the data with Ctrl+F2 and call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>证件没有读完整</source>
        <translation>The card was not read to the end</translation>
    </message>
    <message>
        <source>请把证件平放在感应区2秒不要移动；再次失败可按Ctrl+F2手工录入，并核对证件</source>
        <translation>Lay the card flat on the reader for 2 seconds without moving it; if it fails again, type the data with Ctrl+F2 and check the card</translation>
    </message>
    <message>
        <source>{device}送来的数据不完整</source>
        <translation>{device} sent incomplete data</translation>
    </message>
    <message>
        <source>请拿起证件重新放置再读；多次出现请检查数据线，并联系大厅技术人员。可先按Ctrl+F2手工录入</source>
        <translation>Lift the card, lay it down and read again; if it comes back, check the cable and call the hall&apos;s technician. You can type the data with Ctrl+F2</translation>
    </message>
    <message>
        <source>没有感应到证件</source>
        <translation>No card on the reader</translation>
    </message>
    <message>
        <source>请把证件平放在感应区；临时身份证没有芯片，请按Ctrl+F2手工录入</source>
        <translation>Lay the card flat on the reader; a temporary ID card has no chip: type its data with Ctrl+F2</translation>
    </message>
    <message>
        <source>要再读一次，请拿起证件重新放置；换人请换证件</source>
        <translation>To read it again, lift it and lay it down; for another person, take that person&apos;s card</translation>
    </message>
    <message>
        <source>这张证件刚刚已经读过</source>
        <translation>This card was read a moment ago</translation>
    </message>
    <message>
        <source>证件与{device}没有通过相互认证</source>
        <translation>Card and {device} did not authenticate each other</translation>
    </message>
    <message>
        <source>请重新放置再读；仍不通过请值班长核对证件真伪，可按Ctrl+F2手工录入</source>
        <translation>Lay it down again and read; if it fails, ask the supervisor to check that the card is genuine. You can type the data with Ctrl+F2</translation>
    </message>
    <message>
        <source>这不是{device}能读的证件</source>
        <translation>{device} cannot read this card</translation>
    </message>
    <message>
        <source>可读居民身份证、港澳台居民居住证、外国人永久居留身份证；其他证件请按Ctrl+F2手工录入</source>
        <translation>It reads resident ID cards, residence permits for HK, Macao, Taiwan and foreigners&apos; permanent resident cards; type other documents with Ctrl+F2</translation>
    </message>
    <message>
        <source>{device}的安全模块不可用</source>
        <translation>The security module of {device} cannot be used</translation>
    </message>
    <message>
        <source>请重新插拔阅读器；仍不可用请联系大厅技术人员，并按Ctrl+F2手工录入</source>
        <translation>Plug the reader in again; if it stays so, call the hall&apos;s technician and type the data with Ctrl+F2</translation>
    </message>
    <message>
        <source>{device}不能完成这个操作（状态{status}）</source>
        <translation>{device} cannot do this (status {status})</translation>
    </message>
    <message>
        <source>请重新插拔阅读器再读；再次出现请把状态告知大厅技术人员，并按Ctrl+F2手工录入</source>
        <translation>Plug the reader in again and read; if it comes back, tell the hall&apos;s technician the status and type the data with Ctrl+F2</translation>
    </message>
    <message>
        <source>本程序没有权限使用{device}</source>
        <translation>This program may not use {device}</translation>
    </message>
    <message>
        <source>请联系大厅技术人员给当前用户开通串口权限；可先按Ctrl+F2手工录入</source>
        <translation>Ask the hall&apos;s technician to allow serial ports for this user; you can type the data with Ctrl+F2</translation>
    </message>
    <message>
        <source>证件已过有效期，请申请人换用有效证件</source>
        <translation>The card has expired; ask the applicant for a valid one</translation>
    </message>
    <message>
        <source>证件尚未到有效期起始日，请核对证件</source>
        <translation>The card is not valid yet; check the card</translation>
    </message>
    <message>
        <source>住址中有没有正确读出的字符，请对照证件更正</source>
        <translation>The address has characters that were not read; correct it by the card</translation>
    </message>
    <message>
        <source>号码中的出生日期与证件上的出生日期不一致，请核对证件</source>
        <translation>The birth date in the number differs from the one on the card; check the card</translation>
    </message>
    <message>
        <source>证件上的日期没有完整读出，请对照证件补录</source>
        <translation>A date on the card was not read in full; add it by the card</translation>
    </message>
    <message>
        <source>证件上的民族代码不在国家标准内，请对照证件补录</source>
        <translation>The nationality code on the card is not in the national standard; add it by the card</translation>
    </message>
    <message>
        <source>身份证阅读器</source>
        <translation>ID card reader</translation>
    </message>
    <message>
        <source>证件上的追加地址没有读到，请对照证件核对住址</source>
        <translation>The added address on the card was not read; compare the address with the card</translation>
    </message>
    <message>
        <source>未连接</source>
        <translation>not connected</translation>
    </message>
    <message>
        <source>模拟</source>
        <translation>simulated</translation>
    </message>
    <message>
        <source>本系统不能运行{device}</source>
        <translation>This system cannot run {device}</translation>
    </message>
    <message>
        <source>模拟身份证阅读器只能在Linux上运行；本机请连接真实的阅读器，或按Ctrl+F2手工录入</source>
        <translation>The simulated ID card reader runs on Linux only; connect a real reader, or type the data with Ctrl+F2</translation>
    </message>
    <message>
        <source>文件“{name}”是空的</source>
        <translation>The file &quot;{name}&quot; is empty</translation>
    </message>
    <message>
        <source>文件没有保存好，请重新扫描或重新取得这个文件</source>
        <translation>It was not saved properly; scan it again or get the file again</translation>
    </message>
    <message>
        <source>请用黑白或灰度、300DPI重新扫描，或把文件按页分开后再添加</source>
        <translation>Scan it again in black and white or grey at 300 DPI, or split it by pages</translation>
    </message>
    <message>
        <source>文件“{name}”超过{limit}兆像素</source>
        <translation>The file &quot;{name}&quot; has more than {limit} megapixels</translation>
    </message>
    <message>
        <source>请用300DPI重新扫描；一页A4约900万像素，图纸请分幅扫描</source>
        <translation>Scan it again at 300 DPI; an A4 page has about 9 million pixels, drawings are scanned in parts</translation>
    </message>
    <message>
        <source>文件“{name}”不是可收的页面文件</source>
        <translation>The file &quot;{name}&quot; is no page file that can be taken</translation>
    </message>
    <message>
        <source>可收JPEG、PNG图片（单幅）和PDF文件；其他格式请先转换，或打印后扫描</source>
        <translation>JPEG, PNG (one picture) and PDF are taken; convert other formats first, or print and scan them</translation>
    </message>
    <message>
        <source>文件“{name}”不完整或已损坏</source>
        <translation>The file &quot;{name}&quot; is incomplete or damaged</translation>
    </message>
    <message>
        <source>请重新扫描，或请申请人重新提供这个文件</source>
        <translation>Scan it again, or ask the applicant for the file again</translation>
    </message>
    <message>
        <source>文件“{name}”设有打开密码</source>
        <translation>The file &quot;{name}&quot; is locked by a password</translation>
    </message>
    <message>
        <source>请申请人提供不加密的文件，或打印后扫描</source>
        <translation>Ask the applicant for a file without encryption, or print and scan it</translation>
    </message>
    <message>
        <source>文件可能已损坏：请重新扫描，或请申请人重新提供；已受理的材料不受影响</source>
        <translation>The file may be damaged: scan it again or ask the applicant for it again; accepted materials are not affected</translation>
    </message>
    <message>
        <source>这一页显示不出来</source>
        <translation>This page cannot be shown</translation>
    </message>
    <message>
        <source>没有找到{device}</source>
        <translation>{device} not found</translation>
    </message>
    <message>
        <source>{device}正被占用</source>
        <translation>{device} is busy</translation>
    </message>
    <message>
        <source>请等正在进行的扫描结束后再扫；其他程序占用时请先关闭该程序</source>
        <translation>Wait until the scan under way has ended; if another program uses it, close that first</translation>
    </message>
    <message>
        <source>{device}卡纸</source>
        <translation>{device}: paper jam</translation>
    </message>
    <message>
        <source>请打开盖板取出卡住的纸，展平后从第{page}页起放回再扫；此前扫好的页都在</source>
        <translation>Open the cover, take out the jammed sheet, smooth it and scan again from page {page}; the pages scanned before are all there</translation>
    </message>
    <message>
        <source>{device}的进纸器里没有纸</source>
        <translation>{device}: no paper in the feeder</translation>
    </message>
    <message>
        <source>请把材料放入进纸器，放到底后再扫；单张也可放在平板上扫</source>
        <translation>Put the sheets into the feeder as far as they go and scan; a single sheet can lie on the flatbed</translation>
    </message>
    <message>
        <source>{device}的盖板没有合上</source>
        <translation>{device}: the cover is open</translation>
    </message>
    <message>
        <source>请合上盖板后再扫</source>
        <translation>Close the cover and scan</translation>
    </message>
    <message>
        <source>第{page}页没有扫完整</source>
        <translation>Page {page} was not scanned to the end</translation>
    </message>
    <message>
        <source>此前扫好的页都在；请检查扫描仪的电源和数据线，再从第{page}页起扫描，多次出现请联系大厅技术人员</source>
        <translation>The pages before are all there; check the scanner&apos;s power and cable and scan from page {page}. If it comes back, call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>与{device}的通信出错</source>
        <translation>Communication with {device} failed</translation>
    </message>
    <message>
        <source>请关闭扫描仪电源，10秒后再打开重扫；仍出错请联系大厅技术人员</source>
        <translation>Switch the scanner off, wait 10 seconds, switch it on and scan again; if it fails, call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>{device}没有响应</source>
        <translation>{device} does not respond</translation>
    </message>
    <message>
        <source>此前扫好的页都在；请关闭扫描仪电源，10秒后再打开重扫，仍无响应请联系大厅技术人员</source>
        <translation>The pages before are all there; switch the scanner off, wait 10 seconds, switch it on and scan again. If it stays so, call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>{device}没有自动进纸器</source>
        <translation>{device} has no feeder</translation>
    </message>
    <message>
        <source>请把材料逐张放在平板上扫描</source>
        <translation>Lay the sheets on the flatbed one by one</translation>
    </message>
    <message>
        <source>{device}没有平板</source>
        <translation>{device} has no flatbed</translation>
    </message>
    <message>
        <source>请把材料放入进纸器扫描；装订的材料请先拆开或改用其他扫描仪</source>
        <translation>Use the feeder; take bound materials apart first, or use another scanner</translation>
    </message>
    <message>
        <source>请联系大厅技术人员给当前用户开通扫描仪权限</source>
        <translation>Ask the hall&apos;s technician to allow the scanner for this user</translation>
    </message>
    <message>
        <source>本机没有安装扫描组件SANE</source>
        <translation>SANE, which scanning needs, is not installed here</translation>
    </message>
    <message>
        <source>请系统管理员安装libsane1；安装前可从文件添加已扫描的页面</source>
        <translation>Ask the system administrator to install libsane1; until then add scanned pages from files</translation>
    </message>
    <message>
        <source>{device}不能这样扫描</source>
        <translation>{device} cannot scan like this</translation>
    </message>
    <message>
        <source>请改用300DPI、彩色或灰度再扫；仍不能扫描请把设备型号告知大厅技术人员</source>
        <translation>Scan at 300 DPI in colour or grey; if that fails, tell the hall&apos;s technician the model</translation>
    </message>
    <message>
        <source>扫描仪设置中的{option}不能使用</source>
        <translation>{option} in the scanner settings cannot be used</translation>
    </message>
    <message>
        <source>请大厅管理员核对scanner一项的写法，或删去该选项</source>
        <translation>Ask the hall administrator to check the entry scanner, or to delete that option</translation>
    </message>
    <message>
        <source>扫描仪设置“{address}”的写法不对</source>
        <translation>The scanner setting &quot;{address}&quot; is not written correctly</translation>
    </message>
    <message>
        <source>{device}的驱动程序意外结束</source>
        <translation>The driver of {device} ended unexpectedly</translation>
    </message>
    <message>
        <source>此前扫好的页都在，可以直接再扫一次；多次出现请把日志交给大厅技术人员</source>
        <translation>The pages before are all there, and you can scan again at once; if it comes back, give the log to the hall&apos;s technician</translation>
    </message>
    <message>
        <source>{device}的驱动程序送来的数据不对</source>
        <translation>The driver of {device} sent wrong data</translation>
    </message>
    <message>
        <source>{device}的驱动程序接连出错，暂停使用</source>
        <translation>The driver of {device} failed several times and rests</translation>
    </message>
    <message>
        <source>请过{seconds}秒再扫；多次出现请重新启动扫描仪，并把日志交给大厅技术人员</source>
        <translation>Scan again in {seconds} seconds; if it comes back, restart the scanner and give the log to the hall&apos;s technician</translation>
    </message>
    <message>
        <source>本机内存不足，没有扫成</source>
        <translation>Out of memory: nothing was scanned</translation>
    </message>
    <message>
        <source>请关闭不用的程序后再扫，或降低分辨率</source>
        <translation>Close programs you do not need and scan again, or take a lower resolution</translation>
    </message>
    <message>
        <source>扫描在{device}上被取消</source>
        <translation>The scan was cancelled at {device}</translation>
    </message>
    <message>
        <source>需要时请再扫一次；此前扫好的页都在</source>
        <translation>Scan again if you need it; the pages before are all there</translation>
    </message>
    <message>
        <source>扫描仪</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>就绪</source>
        <translation>ready</translation>
    </message>
    <message>
        <source>正在扫描</source>
        <translation>Scanning</translation>
    </message>
    <message>
        <source>正在连接扫描仪</source>
        <translation>Connecting to the scanner</translation>
    </message>
    <message>
        <source>刚开机或刚插上时请稍候；一直如此请检查扫描仪的电源和数据线</source>
        <translation>If it was just switched on or plugged in, wait; if it stays so, check the scanner&apos;s power and cable</translation>
    </message>
    <message>
        <source>模拟扫描仪</source>
        <translation>Simulated scanner</translation>
    </message>
    <message>
        <source>就绪（模拟）</source>
        <translation>ready (simulated)</translation>
    </message>
    <message>
        <source>文书内容不完整，缺少：{missing}</source>
        <translation>The paper is incomplete; missing: {missing}</translation>
    </message>
    <message>
        <source>办件已保存，不受影响。请补全该项后重新生成文书；仍然缺少的，请联系大厅管理员检查事项配置</source>
        <translation>The case is saved and not affected. Add what is missing and make the paper again; if it stays so, ask the hall administrator to check the item</translation>
    </message>
    <message>
        <source>文书没有生成（版式 {template}）</source>
        <translation>The paper was not made (layout {template})</translation>
    </message>
    <message>
        <source>办件已保存，不受影响。请稍后补打；仍不能生成的，请把错误编号告诉系统管理员，并先用纸质文书应急</source>
        <translation>The case is saved and not affected. Print it later; if it cannot be made, tell the system administrator the code and use the paper pad</translation>
    </message>
    <message>
        <source>文书字体不能使用：{font}</source>
        <translation>A font of the papers cannot be used: {font}</translation>
    </message>
    <message>
        <source>办件已保存，不受影响。请联系系统管理员重新安装本程序，安装后可补打文书</source>
        <translation>The case is saved and not affected. Ask the system administrator to install the program again; then print the paper</translation>
    </message>
    <message>
        <source>连不上{device}</source>
        <translation>{device} cannot be reached</translation>
    </message>
    <message>
        <source>打印服务器上没有{device}</source>
        <translation>The print server has no {device}</translation>
    </message>
    <message>
        <source>{device}的地址上不是打印机</source>
        <translation>There is no printer at the address of {device}</translation>
    </message>
    <message>
        <source>请大厅管理员在设置中核对打印机地址，应为 ipp:// 开头；文书已保存，可稍后打印</source>
        <translation>Ask the hall administrator to check the printer&apos;s address in the settings, it begins with ipp://; the paper is saved and can be printed later</translation>
    </message>
    <message>
        <source>{device}不允许本机打印</source>
        <translation>{device} does not let this computer print</translation>
    </message>
    <message>
        <source>{device}暂不接受打印</source>
        <translation>{device} takes no prints now</translation>
    </message>
    <message>
        <source>{device}正在打印别的文书</source>
        <translation>{device} is printing something else</translation>
    </message>
    <message>
        <source>轮到时会自动打印，请稍候</source>
        <translation>It prints by itself when its turn comes; wait a moment</translation>
    </message>
    <message>
        <source>{device}不能直接打印 PDF</source>
        <translation>{device} cannot print PDF directly</translation>
    </message>
    <message>
        <source>请联系大厅技术人员，在打印服务器（CUPS）上为它建立打印队列，再在设置中选择该队列</source>
        <translation>Ask the hall&apos;s technician to set up a queue for it on the print server (CUPS), and choose that in the settings</translation>
    </message>
    <message>
        <source>{device}没有收下文书（状态 {status}）</source>
        <translation>{device} did not take the paper (status {status})</translation>
    </message>
    <message>
        <source>请稍后再打印；再次出现请把状态告知大厅技术人员，可先换一台打印机</source>
        <translation>Print it later; if it comes back, tell the hall&apos;s technician the status and use another printer</translation>
    </message>
    <message>
        <source>与{device}的加密连接没有建立</source>
        <translation>No encrypted connection with {device}</translation>
    </message>
    <message>
        <source>不清楚{device}是否收下了文书</source>
        <translation>It is not known whether {device} took the paper</translation>
    </message>
    <message>
        <source>请到打印机前查看：已打出的可以交付，没有打出的请补打</source>
        <translation>Look at the printer: if it came out, hand it over; if not, reprint it</translation>
    </message>
    <message>
        <source>打印机地址“{address}”写法不对</source>
        <translation>The printer address &quot;{address}&quot; is not written correctly</translation>
    </message>
    <message>
        <source>请写作 ipp://主机/printers/队列名 或者 ipp://主机/ipp/print；没有打印机时写 simulated（模拟打印机）</source>
        <translation>Write ipp://host/printers/queue or ipp://host/ipp/print; without a printer write simulated</translation>
    </message>
    <message>
        <source>{device}只接受加密连接</source>
        <translation>{device} takes encrypted connections only</translation>
    </message>
    <message>
        <source>请大厅管理员在设置中把打印机地址的 ipp:// 改为 ipps://</source>
        <translation>Ask the hall administrator to change ipp:// to ipps:// in the printer&apos;s address</translation>
    </message>
    <message>
        <source>打印服务器</source>
        <translation>Print server</translation>
    </message>
    <message>
        <source>打印机里已经没有这个任务，请查看文书是否打出</source>
        <translation>the printer no longer has this job; look if the paper came out</translation>
    </message>
    <message>
        <source>打印任务被人暂停，请在打印机或者打印服务器上恢复</source>
        <translation>the print was paused; resume it at the printer or the print server</translation>
    </message>
    <message>
        <source>打印机停止了打印，请到打印机前查看</source>
        <translation>the printer stopped; look at it</translation>
    </message>
    <message>
        <source>打印机不能处理这份文书，请换一台打印机</source>
        <translation>the printer cannot handle this paper; use another</translation>
    </message>
    <message>
        <source>打印机放弃了这次打印，请稍后再打印</source>
        <translation>the printer gave up; print it later</translation>
    </message>
    <message>
        <source>已在打印机或者打印服务器上取消</source>
        <translation>cancelled at the printer or the print server</translation>
    </message>
    <message>
        <source>已在打印机或者打印服务器上取消，但可能已经打出</source>
        <translation>cancelled at the printer or the print server, but it may have come out</translation>
    </message>
    <message>
        <source>打印机中途放弃了这次打印，但可能已经打出</source>
        <translation>the printer gave up half-way, but it may have come out</translation>
    </message>
    <message>
        <source>打印机缺纸</source>
        <translation>out of paper</translation>
    </message>
    <message>
        <source>打印机卡纸</source>
        <translation>paper jam</translation>
    </message>
    <message>
        <source>请按打印机上的图示取出卡住的纸，打印会自动继续</source>
        <translation>Take out the jammed sheet as shown on the printer; it goes on by itself</translation>
    </message>
    <message>
        <source>打印机盖板没有关好</source>
        <translation>cover open</translation>
    </message>
    <message>
        <source>请关好打印机的盖板和纸盒，打印会自动继续</source>
        <translation>Close covers and trays; it goes on by itself</translation>
    </message>
    <message>
        <source>打印机碳粉或者墨水用完</source>
        <translation>toner or ink empty</translation>
    </message>
    <message>
        <source>请更换碳粉盒或者墨盒，打印会自动继续</source>
        <translation>Replace the cartridge; it goes on by itself</translation>
    </message>
    <message>
        <source>打印机出纸盘已满</source>
        <translation>output tray full</translation>
    </message>
    <message>
        <source>请取走出纸盘里的纸，打印会自动继续</source>
        <translation>Take the paper out of the tray; it goes on by itself</translation>
    </message>
    <message>
        <source>打印机已脱机</source>
        <translation>printer offline</translation>
    </message>
    <message>
        <source>请检查打印机的电源和网线，接通后打印会自动继续</source>
        <translation>Check the printer&apos;s power and network cable; it goes on by itself</translation>
    </message>
    <message>
        <source>打印机已暂停</source>
        <translation>paused</translation>
    </message>
    <message>
        <source>请在打印机或者打印服务器上恢复打印</source>
        <translation>Resume it at the printer or the print server</translation>
    </message>
    <message>
        <source>打印机存储已满</source>
        <translation>memory full</translation>
    </message>
    <message>
        <source>请等待前面的文书打完；仍然不行请联系大厅技术人员</source>
        <translation>Wait until the papers before it are printed; if it stays so, call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>打印机需要维护</source>
        <translation>needs service</translation>
    </message>
    <message>
        <source>请查看打印机面板上的提示，并联系大厅技术人员</source>
        <translation>See the printer&apos;s panel and call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>打印机已停止</source>
        <translation>halted</translation>
    </message>
    <message>
        <source>请查看打印机面板上的提示；仍然不行请联系大厅技术人员</source>
        <translation>See the printer&apos;s panel; if it stays so, call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>打印机暂不接受打印</source>
        <translation>takes no prints</translation>
    </message>
    <message>
        <source>请联系大厅技术人员，在打印服务器上恢复接受打印</source>
        <translation>Ask the hall&apos;s technician to resume it on the print server</translation>
    </message>
    <message>
        <source>打印机不能直接打印 PDF</source>
        <translation>cannot print PDF directly</translation>
    </message>
    <message>
        <source>请联系大厅技术人员，在打印服务器（CUPS）上为它建立打印队列</source>
        <translation>Ask the hall&apos;s technician to set up a queue for it on the print server (CUPS)</translation>
    </message>
    <message>
        <source>纸将尽</source>
        <translation>paper low</translation>
    </message>
    <message>
        <source>碳粉或者墨水将尽</source>
        <translation>toner or ink low</translation>
    </message>
    <message>
        <source>请准备好碳粉盒或者墨盒</source>
        <translation>Have a cartridge ready</translation>
    </message>
    <message>
        <source>出纸盘将满</source>
        <translation>output tray almost full</translation>
    </message>
    <message>
        <source>请取走出纸盘里的纸</source>
        <translation>Take the paper out of the tray</translation>
    </message>
    <message>
        <source>废粉盒将满</source>
        <translation>waste toner box almost full</translation>
    </message>
    <message>
        <source>请联系大厅技术人员更换</source>
        <translation>Ask the hall&apos;s technician to replace it</translation>
    </message>
    <message>
        <source>硒鼓将到寿命</source>
        <translation>drum near its end</translation>
    </message>
    <message>
        <source>模拟打印机</source>
        <translation>Simulated printer</translation>
    </message>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>虚拟打印机</source>
        <translation>Virtual printer</translation>
    </message>
    <message>
        <source>本机不能运行{device}（{reason}）</source>
        <translation>This computer cannot run {device} ({reason})</translation>
    </message>
    <message>
        <source>虚拟打印机需要 Linux 的命名空间和 .ci/packages 中列出的打印软件；没有时请改用模拟打印机</source>
        <translation>The virtual printer needs namespaces of Linux and the printing software listed in .ci/packages; without them use the simulated printer</translation>
    </message>
    <message>
        <source>没有设置平台地址</source>
        <translation>No platform address set</translation>
    </message>
    <message>
        <source>请在窗口设置中写明 hub_url，或用 --hub 指定</source>
        <translation>Enter hub_url in the window settings, or use --hub</translation>
    </message>
    <message>
        <source>办件都保存在本机；排除原因后再试，可用 yichuang doctor 检查</source>
        <translation>All cases are saved on this computer; remove the cause and try again. yichuang doctor can check</translation>
    </message>
    <message>
        <source>同步没有全部完成：{reason}</source>
        <translation>Sync did not finish: {reason}</translation>
    </message>
    <message>
        <source>已登记：{source}；平台已有 {known} 条，待上传 {moved} 条</source>
        <translation>Enrolled: {source}; known to the platform: {known}; waiting to upload: {moved}</translation>
    </message>
    <message>
        <source>登记令牌：</source>
        <translation>Enrolment token: </translation>
    </message>
    <message>
        <source>上传 {sent}，待上传 {waiting}，结果待核实 {unknown}，平台未接收 {refused}</source>
        <translation>Sent {sent}, waiting {waiting}, unknown {unknown}, not taken {refused}</translation>
    </message>
    <message>
        <source>连接不上平台（{host}）</source>
        <translation>The platform ({host}) cannot be reached</translation>
    </message>
    <message>
        <source>可以继续受理，办件都保存在本机，恢复后自动上传；如长时间不恢复，请联系网络管理员检查网线和平台地址</source>
        <translation>Go on accepting: all cases are saved on this computer and uploaded when it comes back. If it lasts, ask the network administrator to check the cable and the platform&apos;s address</translation>
    </message>
    <message>
        <source>平台（{host}）的安全证书不可信，没有发送任何内容</source>
        <translation>The certificate of the platform ({host}) is not trusted; nothing was sent</translation>
    </message>
    <message>
        <source>请勿绕过。请联系系统管理员核对平台地址、本机时间和根证书</source>
        <translation>Do not go round it. Ask the system administrator to check platform address, this computer&apos;s clock and the root certificates</translation>
    </message>
    <message>
        <source>平台地址（{host}）没有加密，没有发送任何内容</source>
        <translation>The platform address ({host}) is not encrypted; nothing was sent</translation>
    </message>
    <message>
        <source>离开本机的平台地址须以 https:// 开头；请联系系统管理员更正 hub_url 或 --hub</source>
        <translation>An address beyond this computer begins with https://; ask the system administrator to correct hub_url or --hub</translation>
    </message>
    <message>
        <source>{host} 的回答不是平台的回答（状态 {status}）</source>
        <translation>{host} did not answer as a platform does (status {status})</translation>
    </message>
    <message>
        <source>可能被上网认证页或代理拦截，也可能地址填错；请联系系统管理员核对平台地址。未上传的办件都在本机</source>
        <translation>A login page of the network or a proxy may be in between, or the address is wrong; ask the system administrator to check it. Unsent cases are all here</translation>
    </message>
    <message>
        <source>平台不认可本窗口的身份（状态 {status}），已暂停上传</source>
        <translation>The platform does not accept this window&apos;s identity (status {status}); uploading is paused</translation>
    </message>
    <message>
        <source>平台发现另一台电脑正以本窗口的身份上传，已暂停上传，没有合并任何内容</source>
        <translation>The platform found another computer uploading as this window; uploading is paused, nothing was merged</translation>
    </message>
    <message>
        <source>可以继续受理，办件都保存在本机。请系统管理员查明是否整盘复制过本窗口：停用其中一台，在保留的一台上用 yichuang enrol 重新登记，之后自动上传</source>
        <translation>Go on accepting: all cases are saved here. Ask the system administrator whether this window&apos;s disk was copied: stop one of the two and enrol the other with yichuang enrol; it then uploads by itself</translation>
    </message>
    <message>
        <source>登记令牌无效，本窗口没有登记</source>
        <translation>The enrolment token is not valid; the window was not enrolled</translation>
    </message>
    <message>
        <source>令牌只能用一次、有期限、只给一个窗口；请核对窗口设置，并请平台管理员用 yichuang hub enrol-token 另发一个</source>
        <translation>A token is for one window, once, and expires; check the window settings and ask the platform administrator for another (yichuang hub enrol-token)</translation>
    </message>
    <message>
        <source>平台没有接收：{reason}</source>
        <translation>The platform did not take it: {reason}</translation>
    </message>
    <message>
        <source>该件保留在“未接收”清单中，不影响其他办件；请值班长按原因处理后重新上传</source>
        <translation>It stays among those not taken and holds up no other case; the supervisor removes the cause and uploads it again</translation>
    </message>
    <message>
        <source>平台正忙，请求稍后再试（状态 {status}）</source>
        <translation>The platform is busy and asks to try later (status {status})</translation>
    </message>
    <message>
        <source>无需操作，程序会按平台要求的时间自动重试</source>
        <translation>Nothing to do; the program tries again at the time the platform asked for</translation>
    </message>
    <message>
        <source>请求已发出，但没有收到 {host} 的完整回答（状态 {status}）</source>
        <translation>The request was sent, but {host} did not answer in full (status {status})</translation>
    </message>
    <message>
        <source>无需操作，程序会先向平台核实结果，不会重复上传；如反复出现，请联系网络管理员</source>
        <translation>Nothing to do; the program asks the platform first and uploads nothing twice. If it comes back, call the network administrator</translation>
    </message>
    <message>
        <source>材料文件没有传上去（状态 {status}）</source>
        <translation>A material file was not uploaded (status {status})</translation>
    </message>
    <message>
        <source>该件稍后自动重试，不影响其他办件；如反复出现，请值班长检查该件的材料</source>
        <translation>It is tried again later and holds up no other case; if it comes back, ask the supervisor to check the materials</translation>
    </message>
    <message>
        <source>平台收到的材料文件与登记的摘要不符</source>
        <translation>A material file reached the platform with another checksum</translation>
    </message>
    <message>
        <source>该件列入异常办件，不影响其他办件；请值班长用 yichuang reconcile --read 核对文件，并联系系统管理员</source>
        <translation>It is among the exceptions and holds up no other case; the supervisor checks the file with yichuang reconcile --read and calls the system administrator</translation>
    </message>
    <message>
        <source>平台没有办件 {number}</source>
        <translation>The platform has no case {number}</translation>
    </message>
    <message>
        <source>请核对办件编号；刚受理的办件请等上传完成后再试</source>
        <translation>Check the case number; a case just accepted must be uploaded first</translation>
    </message>
    <message>
        <source>办件 {number} 现为 {before}，不能改为 {after}</source>
        <translation>Case {number} is {before} and cannot become {after}</translation>
    </message>
    <message>
        <source>请核对办件的当前状态和要改为的状态</source>
        <translation>Check the present state of the case and the one wanted</translation>
    </message>
    <message>
        <source>平台已有编号为 {number} 的网上申请，没有登记</source>
        <translation>The platform has an online application {number} already; nothing was entered</translation>
    </message>
    <message>
        <source>请核对申请编号；同一申请只登记一次</source>
        <translation>Check the application&apos;s number; each is entered once</translation>
    </message>
    <message>
        <source>“{series}”的编号已发到第{last}号</source>
        <translation>Numbers of &quot;{series}&quot; are issued up to {last}</translation>
    </message>
    <message>
        <source>请另写一个不小于它的号；已发出的号段用 yichuang hub numbers 查看</source>
        <translation>Name a number not below it; see the blocks issued with yichuang hub numbers</translation>
    </message>
    <message>
        <source>拒绝在 {host} 上开放没有身份认证的平台</source>
        <translation>Refused to open a platform without authentication on {host}</translation>
    </message>
    <message>
        <source>请用 --token-file 指定令牌文件，或者只在本机回环地址（127.0.0.1）上监听</source>
        <translation>Name a token file with --token-file, or listen on the loopback address (127.0.0.1) only</translation>
    </message>
    <message>
        <source>打不开平台存储（{reason}）</source>
        <translation>The platform&apos;s store cannot be opened ({reason})</translation>
    </message>
    <message>
        <source>请核对 --store 的地址、所在目录的权限和磁盘空间；不要删除原有文件</source>
        <translation>Check the address of --store, the folder&apos;s permissions and the disk space; do not delete the files</translation>
    </message>
    <message>
        <source>平台存储的版本（{revision}）与本程序不符</source>
        <translation>The version of the platform&apos;s store ({revision}) is not this program&apos;s</translation>
    </message>
    <message>
        <source>较旧的存储由 yichuang hub serve 升级；较新的请先更新本程序。不要删除原有文件</source>
        <translation>An older store is upgraded by yichuang hub serve; for a newer one update the program. Do not delete the files</translation>
    </message>
    <message>
        <source>没有找到平台存储（{store}）</source>
        <translation>Platform&apos;s store not found ({store})</translation>
    </message>
    <message>
        <source>请核对 --store 的地址；新的平台存储由 yichuang hub serve 建立</source>
        <translation>Check the address of --store; yichuang hub serve makes a new one</translation>
    </message>
    <message>
        <source>这是大厅节点的存储（上级平台 {upstream}），没有单独开放</source>
        <translation>This is the store of a hall node (upstream platform {upstream}); it was not opened on its own</translation>
    </message>
    <message>
        <source>请加上 --upstream 启动，否则收下的办件到不了上级平台；要另设平台的，请用 --store 指定新的存储</source>
        <translation>Start it with --upstream, or what it takes never reaches the platform above; for another platform name a new --store</translation>
    </message>
    <message>
        <source>大厅节点的材料文件（{file}）读不到</source>
        <translation>A material file of the hall node ({file}) cannot be read</translation>
    </message>
    <message>
        <source>该件暂不上传，不影响其他办件；请系统管理员检查 --files 所在的磁盘并从备份找回</source>
        <translation>Its case waits and holds up no other; ask the system administrator to check the disk of --files and bring the file back from a backup</translation>
    </message>
    <message>
        <source>平台的密钥文件 {file} 读不到或者已损坏</source>
        <translation>The platform&apos;s key file {file} cannot be read or is damaged</translation>
    </message>
    <message>
        <source>请不要删除；请核对它的权限，损坏的请从备份找回。找回前，窗口加密给平台的文件只有大厅的恢复钥匙打得开</source>
        <translation>Do not delete it; check its permissions, or bring it back from a backup. Until then only the hall&apos;s recovery key opens what windows sealed to the platform</translation>
    </message>
    <message>
        <source>没有找到平台的密钥文件 {file}</source>
        <translation>Platform&apos;s key file {file} not found</translation>
    </message>
    <message>
        <source>请核对 --files 的目录；新的平台由 yichuang hub serve 建立</source>
        <translation>Check the folder of --files; yichuang hub serve sets up a new platform</translation>
    </message>
    <message>
        <source>没有找到文件 {file}</source>
        <translation>File {file} not found</translation>
    </message>
    <message>
        <source>请核对文件名和所在的 U 盘后再试</source>
        <translation>Check the name and the USB stick and try again</translation>
    </message>
    <message>
        <source>导入中断（{reason}）</source>
        <translation>Import broke off ({reason})</translation>
    </message>
    <message>
        <source>请排除原因后用同一文件再导入一次，已接收的不会重复</source>
        <translation>Remove the cause and import the same file again; nothing is taken twice</translation>
    </message>
    <message>
        <source>答复文件 {file} 已经存在，没有导入</source>
        <translation>The answer file {file} exists already; nothing was imported</translation>
    </message>
    <message>
        <source>请用 --answers 指定另一个文件名；已有的答复请先带回窗口</source>
        <translation>Name another file with --answers; take the one that is there back to its window first</translation>
    </message>
    <message>
        <source>窗口设置还是示例大厅的，没有连接平台 {url}</source>
        <translation>The window settings are still the sample hall&apos;s; platform {url} was not connected</translation>
    </message>
    <message>
        <source>请大厅管理员更正窗口设置 settings.toml 并删去 sample 一行</source>
        <translation>Ask the hall administrator to correct settings.toml and delete the line sample</translation>
    </message>
    <message>
        <source>事项版本</source>
        <translation>item version</translation>
    </message>
    <message>
        <source>申请编号</source>
        <translation>application number</translation>
    </message>
    <message>
        <source>收件时间</source>
        <translation>received at</translation>
    </message>
    <message>
        <source>办件状态</source>
        <translation>case state</translation>
    </message>
    <message>
        <source>办件标识</source>
        <translation>case key</translation>
    </message>
    <message>
        <source>来源窗口</source>
        <translation>source window</translation>
    </message>
    <message>
        <source>不是 CloudEvents 批次</source>
        <translation>this is no CloudEvents batch</translation>
    </message>
    <message>
        <source>内容的类型须为 application/cloudevents-batch+json</source>
        <translation>content must be of the type application/cloudevents-batch+json</translation>
    </message>
    <message>
        <source>事件格式不符合规范</source>
        <translation>the event is not well formed</translation>
    </message>
    <message>
        <source>同一编号的事件内容与先前收到的不同</source>
        <translation>an event of this id was received before with another content</translation>
    </message>
    <message>
        <source>不认识的事件类型</source>
        <translation>unknown kind of event</translation>
    </message>
    <message>
        <source>不认识的办件状态</source>
        <translation>unknown case state</translation>
    </message>
    <message>
        <source>事件内的办件编号与主题不一致</source>
        <translation>the case number in the event is not its subject</translation>
    </message>
    <message>
        <source>平台没有这个办件</source>
        <translation>the platform has no such case</translation>
    </message>
    <message>
        <source>该事项在平台已有新的版本</source>
        <translation>the platform has a newer version of this item</translation>
    </message>
    <message>
        <source>同一申请人的同一事项已在网上申请</source>
        <translation>the same applicant applied online for the same item</translation>
    </message>
    <message>
        <source>申请人已在网上撤回申请</source>
        <translation>the applicant withdrew the application online</translation>
    </message>
    <message>
        <source>该办件编号已属于另一办件，没有合并；请联系大厅管理员核对窗口编号设置</source>
        <translation>this case number belongs to another case; nothing was merged. Ask the hall administrator to check the window number</translation>
    </message>
    <message>
        <source>该办件在平台已有另一个办件编号，没有合并；请联系大厅管理员核对</source>
        <translation>the platform has this case under another number; nothing was merged. Ask the hall administrator to check</translation>
    </message>
    <message>
        <source>另一台电脑正以同一窗口的身份上传，本批没有接收也没有合并；请停用其中一台，重新登记另一台</source>
        <translation>another computer uploads as this window; this batch was neither taken nor merged. Stop one of the two and enrol the other again</translation>
    </message>
    <message>
        <source>办件状态不能这样变化</source>
        <translation>the case cannot change to this state</translation>
    </message>
    <message>
        <source>该件已有更晚的事件</source>
        <translation>this case has a later event already</translation>
    </message>
    <message>
        <source>平台还没有收齐该事件的材料文件</source>
        <translation>the platform lacks some material files of this event</translation>
    </message>
    <message>
        <source>该件更早的事件还没有接收</source>
        <translation>an earlier event of this case has not been taken</translation>
    </message>
    <message>
        <source>平台没有收到过这个事件</source>
        <translation>the platform never received this event</translation>
    </message>
    <message>
        <source>游标格式不对</source>
        <translation>wrong format of the cursor</translation>
    </message>
    <message>
        <source>游标不属于本平台当前的数据，请从头读取</source>
        <translation>the cursor is not of the platform&apos;s present data; read from the beginning</translation>
    </message>
    <message>
        <source>平台没有发出过这个号段</source>
        <translation>the platform issued no such number block</translation>
    </message>
    <message>
        <source>该号段的申请或退回与先前的不同，或者属于另一窗口</source>
        <translation>this block was asked for or returned differently before, or is another window&apos;s</translation>
    </message>
    <message>
        <source>没有这个文件的上传</source>
        <translation>there is no upload of this file</translation>
    </message>
    <message>
        <source>上传请求不符合 tus 1.0</source>
        <translation>the upload is not as tus 1.0 asks</translation>
    </message>
    <message>
        <source>上传内容的类型须为 application/offset+octet-stream</source>
        <translation>content must be of the type application/offset+octet-stream</translation>
    </message>
    <message>
        <source>只支持 tus 1.0.0</source>
        <translation>only tus 1.0.0 is supported</translation>
    </message>
    <message>
        <source>上传位置与平台已收到的不一致</source>
        <translation>the offset is not what the platform has received</translation>
    </message>
    <message>
        <source>收到的内容与声明的摘要不符</source>
        <translation>the content does not match its checksum</translation>
    </message>
    <message>
        <source>内容超过平台允许的大小</source>
        <translation>the content is larger than the platform allows</translation>
    </message>
    <message>
        <source>该来源今天的事件已达平台上限，次日自动继续</source>
        <translation>this window has reached today&apos;s limit of events; it goes on tomorrow</translation>
    </message>
    <message>
        <source>该来源在平台的存储配额已用完，请联系平台管理员</source>
        <translation>this window&apos;s storage at the platform is used up; call the platform administrator</translation>
    </message>
    <message>
        <source>需要有效的令牌</source>
        <translation>a valid token is needed</translation>
    </message>
    <message>
        <source>该令牌不属于这个窗口，只能上传本窗口的内容</source>
        <translation>the token is not this window&apos;s; a window uploads its own only</translation>
    </message>
    <message>
        <source>登记令牌无效：已用过、已过期，或者不是发给这个窗口的；请向平台管理员另要一个</source>
        <translation>the enrolment token is used, expired, or for another window; ask the platform administrator for another</translation>
    </message>
    <message>
        <source>请求参数不符合要求</source>
        <translation>the request is not as required</translation>
    </message>
    <message>
        <source>平台存储正忙，请稍后再试</source>
        <translation>the platform&apos;s store is busy; try again later</translation>
    </message>
    <message>
        <source>平台存储空间不足</source>
        <translation>the platform&apos;s store is full</translation>
    </message>
    <message>
        <source>平台内部出错</source>
        <translation>the platform failed inside</translation>
    </message>
    <message>
        <source>平台没有登记过窗口 {window}，或者已停用</source>
        <translation>The platform never enrolled window {window}, or it is retired</translation>
    </message>
    <message>
        <source>请核对区划、大厅和窗口号；登记用 yichuang enrol</source>
        <translation>Check region, hall and window number; windows enrol with yichuang enrol</translation>
    </message>
    <message>
        <source>平台没有在 {listen} 上开放（{reason}）</source>
        <translation>The platform was not opened on {listen} ({reason})</translation>
    </message>
    <message>
        <source>请核对地址、端口和 --files 目录，或请系统管理员处理</source>
        <translation>Check address, port and the folder of --files, or ask the system administrator</translation>
    </message>
    <message>
        <source>已停用</source>
        <translation>Retired:</translation>
    </message>
    <message>
        <source>{series}  已发到第{last}号，{blocks}个号段，退回{returned}个</source>
        <translation>{series}  issued up to {last}, blocks: {blocks}, returned: {returned}</translation>
    </message>
    <message>
        <source>接收 {taken} 条，已有 {known} 条，未接收 {refused} 条；答复在 {answers}</source>
        <translation>Taken {taken}, known {known}, not taken {refused}; the answer is in {answers}</translation>
    </message>
    <message>
        <source>单机工作</source>
        <translation>working alone</translation>
    </message>
    <message>
        <source>没有设置平台地址，办件只保存在本机；需要联网时请系统管理员在“设置”中填写平台地址</source>
        <translation>No platform address is set and cases are kept on this computer only; the system administrator can enter one in the settings</translation>
    </message>
    <message>
        <source>正在连接</source>
        <translation>connecting</translation>
    </message>
    <message>
        <source>暂不能上传</source>
        <translation>cannot upload now</translation>
    </message>
    <message>
        <source>无应答</source>
        <translation>no answer</translation>
    </message>
    <message>
        <source>不认可本窗口</source>
        <translation>window not known</translation>
    </message>
    <message>
        <source>本机故障，暂不能上传</source>
        <translation>fault here, cannot upload</translation>
    </message>
    <message>
        <source>平台恢复了较早的备份，缺少本件，自动重新上传</source>
        <translation>the platform restored an older backup and lacks this case: sent again by itself</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>差异</source>
        <translation>Difference</translation>
    </message>
    <message>
        <source>怎么办</source>
        <translation>What to do</translation>
    </message>
    <message>
        <source>核对</source>
        <translation>Compare</translation>
    </message>
    <message>
        <source>处理所选差异</source>
        <translation>Settle chosen difference</translation>
    </message>
    <message>
        <source>正在核对</source>
        <translation>Comparing</translation>
    </message>
    <message>
        <source>连上平台后核对</source>
        <translation>Compared when the platform is connected</translation>
    </message>
    <message>
        <source>已处理，正在重新核对</source>
        <translation>Settled, comparing again</translation>
    </message>
    <message>
        <source>所选办件</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>查看文书</source>
        <translation>View paper</translation>
    </message>
    <message>
        <source>查看完整信息</source>
        <translation>Show full data</translation>
    </message>
    <message>
        <source>草稿，没有办件编号</source>
        <translation>Draft without a case number</translation>
    </message>
    <message>
        <source>作废并重出</source>
        <translation>Void and reissue</translation>
    </message>
    <message>
        <source>作废草稿</source>
        <translation>Void draft</translation>
    </message>
    <message>
        <source>隐藏</source>
        <translation>Hide</translation>
    </message>
    <message>
        <source>开始</source>
        <translation>Begun</translation>
    </message>
    <message>
        <source>是</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>补录</source>
        <translation>Back-entry</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>View</translation>
    </message>
    <message>
        <source>查看原因</source>
        <translation>Reason for viewing</translation>
    </message>
    <message>
        <source>作废</source>
        <comment>key</comment>
        <translation>Void</translation>
    </message>
    <message>
        <source>作废这份草稿须双人复核</source>
        <translation>Voiding this draft needs a second person</translation>
    </message>
    <message>
        <source>作废《{paper}》{number}并以新编号重出，须双人复核</source>
        <translation>Void &quot;{paper}&quot; {number} and reissue it under a new number: needs a second person</translation>
    </message>
    <message>
        <source>草稿已作废</source>
        <translation>Draft voided</translation>
    </message>
    <message>
        <source>文书已作废，新的一份正在生成</source>
        <translation>Paper voided; the new one is being made</translation>
    </message>
    <message>
        <source>还没有填写</source>
        <translation>not filled in yet</translation>
    </message>
    <message>
        <source>经办人</source>
        <translation>At the window</translation>
    </message>
    <message>
        <source>到场身份</source>
        <translation>Capacity</translation>
    </message>
    <message>
        <source>代码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>证件号码</source>
        <translation>ID number</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>没有编号</source>
        <translation>no number</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>Item</translation>
    </message>
    <message>
        <source>收件/受理</source>
        <translation>Taken in</translation>
    </message>
    <message>
        <source>承诺办结</source>
        <translation>Promised</translation>
    </message>
    <message>
        <source>上传</source>
        <translation>Upload</translation>
    </message>
    <message>
        <source>文书</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>办件</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>办件列表</source>
        <translation>List of cases</translation>
    </message>
    <message>
        <source>没有符合条件的办件</source>
        <translation>No such cases</translation>
    </message>
    <message>
        <source>{count} 件</source>
        <translation>{count} cases</translation>
    </message>
    <message>
        <source>查找办件</source>
        <translation>Find a case</translation>
    </message>
    <message>
        <source>办件编号或末几位、文书编号、姓名或名称、证件号末几位</source>
        <translation>Case number or its end, paper number, name, end of the ID number</translation>
    </message>
    <message>
        <source>按状态筛选</source>
        <translation>Filter by state</translation>
    </message>
    <message>
        <source>搁置</source>
        <translation>Set aside</translation>
    </message>
    <message>
        <source>暂不上传</source>
        <comment>act</comment>
        <translation>Hold back</translation>
    </message>
    <message>
        <source>所选一条</source>
        <translation>Chosen entry</translation>
    </message>
    <message>
        <source>上传经过</source>
        <translation>History of uploads</translation>
    </message>
    <message>
        <source>已重新排队上传</source>
        <translation>Queued to upload again</translation>
    </message>
    <message>
        <source>已恢复上传</source>
        <translation>Released</translation>
    </message>
    <message>
        <source>{verb}的原因</source>
        <translation>Reason: {verb}</translation>
    </message>
    <message>
        <source>已留下，由值班长恢复</source>
        <translation>Held; the supervisor releases it</translation>
    </message>
    <message>
        <source>无需操作，稍后自动上传</source>
        <translation>Nothing to do; uploaded later by itself</translation>
    </message>
    <message>
        <source>先处理同一办件平台未接收的一条；该条重新上传后，本条自动上传</source>
        <translation>First settle the entry of this case that was not taken; when it is sent again, this one follows</translation>
    </message>
    <message>
        <source>同一办件前面有一条暂不上传；该条恢复后，本条自动上传</source>
        <translation>An earlier entry of this case is held back; when it is released, this one follows</translation>
    </message>
    <message>
        <source>由值班长恢复后上传；同一办件后面的内容也在等它</source>
        <translation>The supervisor releases it; later entries of this case wait for it</translation>
    </message>
    <message>
        <source>由值班长恢复后按原因处理；同一办件后面的内容也在等它</source>
        <translation>The supervisor releases it and removes the cause; later entries of this case wait for it</translation>
    </message>
    <message>
        <source>无需操作，正在等待平台答复</source>
        <translation>Nothing to do; waiting for the platform&apos;s answer</translation>
    </message>
    <message>
        <source>无需操作，先向平台核实，不会重复上传</source>
        <translation>Nothing to do; the platform is asked first, nothing is sent twice</translation>
    </message>
    <message>
        <source>按原因处理后由值班长重新上传</source>
        <translation>Remove the cause; then the supervisor uploads it again</translation>
    </message>
    <message>
        <source>已试 {count} 次，{time} 后自动再试</source>
        <translation>Tries: {count}; next at {time}</translation>
    </message>
    <message>
        <source>发生</source>
        <translation>Happened</translation>
    </message>
    <message>
        <source>问题</source>
        <translation>Trouble</translation>
    </message>
    <message>
        <source>答复</source>
        <translation>Answered</translation>
    </message>
    <message>
        <source>以前的上传经过没有记录</source>
        <translation>Earlier uploads were not recorded</translation>
    </message>
    <message>
        <source>还没有试过上传</source>
        <translation>No upload tried yet</translation>
    </message>
    <message>
        <source>上传经过（共 {count} 次）</source>
        <translation>History of uploads ({count} tries)</translation>
    </message>
    <message>
        <source>，只留最近 {count} 次</source>
        <translation>, the last {count} kept</translation>
    </message>
    <message>
        <source>（用时 {seconds} 秒）</source>
        <translation> ({seconds} s)</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>正在导出上传记录</source>
        <translation>Exporting the uploads</translation>
    </message>
    <message>
        <source>已导出 {rows} 条，没有个人信息</source>
        <translation>{rows} entries exported, without personal data</translation>
    </message>
    <message>
        <source>办理</source>
        <translation>Acts</translation>
    </message>
    <message>
        <source>草稿 {id}</source>
        <translation>Draft {id}</translation>
    </message>
    <message>
        <source>尚无办件</source>
        <translation>No case yet</translation>
    </message>
    <message>
        <source>返回材料</source>
        <translation>Back to materials</translation>
    </message>
    <message>
        <source>一次性告知补正</source>
        <translation>Correction notice</translation>
    </message>
    <message>
        <source>材料退还申请人</source>
        <translation>Materials go back to the applicant</translation>
    </message>
    <message>
        <source>材料留窗</source>
        <translation>Materials stay here</translation>
    </message>
    <message>
        <source>出具补正告知书</source>
        <translation>Issue correction notice</translation>
    </message>
    <message>
        <source>正在出具补正告知书</source>
        <translation>Issuing the correction notice</translation>
    </message>
    <message>
        <source>告知书将载明</source>
        <translation>The notice will say</translation>
    </message>
    <message>
        <source>法律只许告知一次：下列内容须完整，逐项写明问题</source>
        <translation>The law allows it once: name everything, each point with its problem</translation>
    </message>
    <message>
        <source>还没有写明任何问题：材料已齐全的，请按 Esc 返回后受理</source>
        <translation>Nothing to correct is named: if the materials are complete, press Esc and accept</translation>
    </message>
    <message>
        <source>按本事项的受理规则，材料退还申请人</source>
        <translation>By this item&apos;s intake rules the materials go back to the applicant</translation>
    </message>
    <message>
        <source>原件全部退还，请当面清点</source>
        <translation>All originals go back; count them together</translation>
    </message>
    <message>
        <source>，同时出具申请材料接收凭证</source>
        <translation>, with a receiving slip</translation>
    </message>
    <message>
        <source>材料留在本窗口</source>
        <translation>Materials stay at this window</translation>
    </message>
    <message>
        <source>（预计，以放假安排为准）</source>
        <translation> (expected; public holidays decide)</translation>
    </message>
    <message>
        <source>请于 {day} 前补正（{days} 个工作日）</source>
        <translation>Correct by {day} ({days} working days)</translation>
    </message>
    <message>
        <source>正在办理</source>
        <translation>Working</translation>
    </message>
    <message>
        <source>核对后 留存</source>
        <translation>compare, then keep</translation>
    </message>
    <message>
        <source>核对后 退还申请人</source>
        <translation>compare, then return</translation>
    </message>
    <message>
        <source>所选材料</source>
        <translation>Chosen material</translation>
    </message>
    <message>
        <source>收原件份数</source>
        <translation>Originals taken</translation>
    </message>
    <message>
        <source>收复印件份数</source>
        <translation>Photocopies taken</translation>
    </message>
    <message>
        <source>份数</source>
        <translation>Copies</translation>
    </message>
    <message>
        <source>原件</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>复印件</source>
        <translation>Photocopy</translation>
    </message>
    <message>
        <source>受理标准</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>Quantity</translation>
    </message>
    <message>
        <source>每人（每件）一套</source>
        <translation>one set for each person or piece</translation>
    </message>
    <message>
        <source>容缺依据</source>
        <translation>Deferral rule</translation>
    </message>
    <message>
        <source>{mark} 代替方式：{way}</source>
        <translation>{mark} Substitute: {way}</translation>
    </message>
    <message>
        <source>办理结果</source>
        <translation>Outcome</translation>
    </message>
    <message>
        <source>看材料</source>
        <translation>See materials</translation>
    </message>
    <message>
        <source>下一位</source>
        <translation>Next person</translation>
    </message>
    <message>
        <source>查询码</source>
        <translation>Query code</translation>
    </message>
    <message>
        <source>{day}，收件不等于受理</source>
        <translation>{day}; taking in is not accepting</translation>
    </message>
    <message>
        <source>告知截止</source>
        <translation>Notice due</translation>
    </message>
    <message>
        <source>补正截止</source>
        <translation>Correction due</translation>
    </message>
    <message>
        <source>受理日期</source>
        <translation>Accepted on</translation>
    </message>
    <message>
        <source>（预计）</source>
        <translation> (expected)</translation>
    </message>
    <message>
        <source>请退还原件 {count} 份：{names}</source>
        <translation>Return {count} originals: {names}</translation>
    </message>
    <message>
        <source>本机磁盘不能写入：现在不能收件和受理</source>
        <translation>The disk here cannot be written: no taking in, no accepting now</translation>
    </message>
    <message>
        <source>没有未办完的草稿</source>
        <translation>No open drafts</translation>
    </message>
    <message>
        <source>接着办（↑ ↓ 选择，Enter 打开）</source>
        <translation>Go on (↑ ↓ choose, Enter opens)</translation>
    </message>
    <message>
        <source>最近 {count} 件草稿</source>
        <translation>Last {count} drafts</translation>
    </message>
    <message>
        <source>草稿 {count} 件</source>
        <translation>Drafts: {count}</translation>
    </message>
    <message>
        <source>读到场人的身份证</source>
        <translation>Read the ID card of who is here</translation>
    </message>
    <message>
        <source>选办理的事项，草稿即时保存</source>
        <translation>Choose the item; the draft is saved at once</translation>
    </message>
    <message>
        <source>还没有申请人</source>
        <translation>no applicant yet</translation>
    </message>
    <message>
        <source>草稿 {id} · {since} 起</source>
        <translation>Draft {id} · since {since}</translation>
    </message>
    <message>
        <source>表单</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>已填 {filled}/{total}（自动 {auto}）</source>
        <translation>{filled}/{total} ({auto} auto)</translation>
    </message>
    <message>
        <source>有误 {count}</source>
        <translation>{count} wrong</translation>
    </message>
    <message>
        <source>请核对路径和文件名，确认文件没有被其他程序占用，再按 Enter 导入</source>
        <translation>Check path and name, see that no other program uses it, and press Enter to import</translation>
    </message>
    <message>
        <source>读不到文件“{name}”</source>
        <translation>The file &quot;{name}&quot; cannot be read</translation>
    </message>
    <message>
        <source>导入了 {came_in} 个文件，{failed} 个没有导入</source>
        <translation>{came_in} files imported, {failed} not</translation>
    </message>
    <message>
        <source>没有导入的：{reasons}。请处理后只导入这些文件</source>
        <translation>Not imported: {reasons}. Mend that, then import only these files</translation>
    </message>
    <message>
        <source>页面文件的路径</source>
        <translation>Path of the page files</translation>
    </message>
    <message>
        <source>页面文件的路径（JPEG、PNG、PDF），也可把文件拖到这里</source>
        <translation>Path of the page files (JPEG, PNG, PDF), or drop files here</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>正在读入文件“{name}”</source>
        <translation>Reading the file &quot;{name}&quot;</translation>
    </message>
    <message>
        <source>换了办件，{count} 个文件没有导入</source>
        <translation>Another case is here; {count} files were not imported</translation>
    </message>
    <message>
        <source>另有 {count} 个</source>
        <translation>{count} more</translation>
    </message>
    <message>
        <source>“{name}”{why}</source>
        <translation>&quot;{name}&quot;: {why}</translation>
    </message>
    <message>
        <source>即办件</source>
        <translation>Immediate</translation>
    </message>
    <message>
        <source>承诺件</source>
        <translation>Promised</translation>
    </message>
    <message>
        <source>窗口受理</source>
        <translation>Window accepts</translation>
    </message>
    <message>
        <source>部门受理</source>
        <translation>Department accepts</translation>
    </message>
    <message>
        <source>搜索</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>目录第{version}版</source>
        <translation>catalogue version {version}</translation>
    </message>
    <message>
        <source>领取方式</source>
        <translation>Collection</translation>
    </message>
    <message>
        <source>电子证照</source>
        <translation>Electronic licence</translation>
    </message>
    <message>
        <source>数据共享核验</source>
        <translation>Checked by shared data</translation>
    </message>
    <message>
        <source>告知承诺</source>
        <translation>Declaration</translation>
    </message>
    <message>
        <source>由表单生成</source>
        <translation>Made from the form</translation>
    </message>
    <message>
        <source>已读卡</source>
        <translation>Card read</translation>
    </message>
    <message>
        <source>代替方式</source>
        <translation>Substitute</translation>
    </message>
    <message>
        <source>容缺后补</source>
        <translation>Deferred</translation>
    </message>
    <message>
        <source>不符合要求</source>
        <comment>state</comment>
        <translation>Defective</translation>
    </message>
    <message>
        <source>材料</source>
        <translation>Materials</translation>
    </message>
    <message>
        <source>按 {key} 选好事项后，这里列出需要的材料</source>
        <translation>Choose the item with {key}; its materials are listed here</translation>
    </message>
    <message>
        <source>请先选择事项，再选择材料</source>
        <translation>Choose the item first, then a material</translation>
    </message>
    <message>
        <source>还没有可扫描的材料</source>
        <translation>There is no material to scan yet</translation>
    </message>
    <message>
        <source>办件已是“{state}”，不能再加材料</source>
        <translation>The case is &quot;{state}&quot;; no more materials</translation>
    </message>
    <message>
        <source>{there} / {all} 已齐</source>
        <translation>{there} / {all}</translation>
    </message>
    <message>
        <source>容缺 {count}</source>
        <translation>{count} later</translation>
    </message>
    <message>
        <source>扫描</source>
        <translation>Scan</translation>
    </message>
    <message>
        <source>下一项</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>请先用 ↑ ↓ 或空格选定一项</source>
        <translation>Choose one with ↑ ↓ or the space bar</translation>
    </message>
    <message>
        <source>其他处理</source>
        <translation>Other outcomes</translation>
    </message>
    <message>
        <source>有权机关</source>
        <translation>Competent organ</translation>
    </message>
    <message>
        <source>申请人应当向其申请的行政机关</source>
        <translation>the organ the applicant must turn to</translation>
    </message>
    <message>
        <source>具体情况</source>
        <translation>Explanation</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>确认</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>复核人工号</source>
        <translation>Second person&apos;s staff no.</translation>
    </message>
    <message>
        <source>复核人口令</source>
        <translation>Second person&apos;s PIN</translation>
    </message>
    <message>
        <source>不予受理：{why}</source>
        <translation>Refusal: {why}</translation>
    </message>
    <message>
        <source>申请人在作出决定前撤回；已出具的文书留存在册</source>
        <translation>The applicant withdraws before the decision; papers issued stay on record</translation>
    </message>
    <message>
        <source>撤回申请（申请人的意思）</source>
        <translation>Withdraw the application (applicant&apos;s wish)</translation>
    </message>
    <message>
        <source>草稿没有办件编号和法律效力；作废须另一位工作人员当场复核</source>
        <translation>A draft has no number and no legal effect; a colleague confirms the voiding here</translation>
    </message>
    <message>
        <source>作废草稿（双人复核）</source>
        <translation>Void draft (second person)</translation>
    </message>
    <message>
        <source>依据{basis}，出具《{title}》，原件当场退还</source>
        <translation>By {basis}; issues &quot;{title}&quot;, originals go back at once</translation>
    </message>
    <message>
        <source>正在出具通知书</source>
        <translation>Issuing the notice</translation>
    </message>
    <message>
        <source>正在撤回</source>
        <translation>Withdrawing</translation>
    </message>
    <message>
        <source>正在作废</source>
        <translation>Voiding</translation>
    </message>
    <message>
        <source>确认{outcome}</source>
        <translation>Confirm: {outcome}</translation>
    </message>
    <message>
        <source>确认作废</source>
        <translation>Confirm voiding</translation>
    </message>
    <message>
        <source>确认撤回</source>
        <translation>Confirm withdrawal</translation>
    </message>
    <message>
        <source>受理</source>
        <comment>page</comment>
        <translation>Intake</translation>
    </message>
    <message>
        <source>{first}；再按一次 {keys} 就不再保留</source>
        <translation>{first}; press {keys} again to drop it</translation>
    </message>
    <message>
        <source>已清桌，没有保存的内容没有保留</source>
        <translation>Desk cleared; what was not saved is gone</translation>
    </message>
    <message>
        <source>在“下一位”的草稿或“办件”页可以接着办</source>
        <translation>Go on from the drafts under &quot;Next person&quot; or the Cases page</translation>
    </message>
    <message>
        <source>已暂存</source>
        <translation>Draft kept</translation>
    </message>
    <message>
        <source>人员信息还没有保存</source>
        <translation>The people are not saved yet</translation>
    </message>
    <message>
        <source>请先补齐，或者选好事项</source>
        <translation>Complete them, or choose an item</translation>
    </message>
    <message>
        <source>刚输入的内容没有保存成</source>
        <translation>What you just typed was not saved</translation>
    </message>
    <message>
        <source>请稍候再试，或请系统管理员查看磁盘</source>
        <translation>Try again in a moment, or ask the system administrator to look at the disk</translation>
    </message>
    <message>
        <source>容缺补齐的材料还没有收下</source>
        <translation>The deferred material has not been taken in</translation>
    </message>
    <message>
        <source>材料还在扫描</source>
        <translation>Materials are being scanned</translation>
    </message>
    <message>
        <source>请等扫描结束，或按 Esc 停止后再办理</source>
        <translation>Wait for the scan to end, or stop it with Esc</translation>
    </message>
    <message>
        <source>不能办理“{act}”</source>
        <translation>Not possible: {act}</translation>
    </message>
    <message>
        <source>刚输入的内容还没有保存</source>
        <translation>What you just typed is not saved yet</translation>
    </message>
    <message>
        <source>请稍候再按一次</source>
        <translation>Press it again in a moment</translation>
    </message>
    <message>
        <source>还差 {count} 处</source>
        <translation>Still missing: {count}</translation>
    </message>
    <message>
        <source>收件或受理后出具</source>
        <translation>Issued when the case is taken in or accepted</translation>
    </message>
    <message>
        <source>还没有文书</source>
        <translation>No paper yet</translation>
    </message>
    <message>
        <source>桌上的办件正在办理</source>
        <translation>The case on the desk is being worked on</translation>
    </message>
    <message>
        <source>请稍候再打开另一件</source>
        <translation>Open the other one in a moment</translation>
    </message>
    <message>
        <source>出具告知书</source>
        <translation>Issue the notice</translation>
    </message>
    <message>
        <source>确认处理</source>
        <translation>Confirm outcome</translation>
    </message>
    <message>
        <source>页面</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>这项材料还没有页面。按 {key} 扫描</source>
        <translation>No pages of this material yet. Scan with {key}</translation>
    </message>
    <message>
        <source>{name}的页面</source>
        <translation>Pages of {name}</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>替换</source>
        <translation>Swap</translation>
    </message>
    <message>
        <source>第 {number} 页</source>
        <translation>Page {number}</translation>
    </message>
    <message>
        <source>{said} · {sheet} / {sheets} 张</source>
        <translation>{said} · sheet {sheet} / {sheets}</translation>
    </message>
    <message>
        <source>补打第 {count} 次 </source>
        <translation>Reprint {count} </translation>
    </message>
    <message>
        <source>凭办件编号查询</source>
        <translation>looked up by case number</translation>
    </message>
    <message>
        <source>（正式编号{number}）</source>
        <translation> (official number {number})</translation>
    </message>
    <message>
        <source>再打</source>
        <translation>Print again</translation>
    </message>
    <message>
        <source>打出来了</source>
        <translation>It came out</translation>
    </message>
    <message>
        <source>没有打出，补打</source>
        <translation>Not out, reprint</translation>
    </message>
    <message>
        <source>先出接收凭证</source>
        <translation>Slip first</translation>
    </message>
    <message>
        <source>补打</source>
        <translation>Reprint</translation>
    </message>
    <message>
        <source>《{paper}》已加盖</source>
        <translation>&quot;{paper}&quot; sealed by</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>补打《{paper}》的原因</source>
        <translation>Reason for reprinting &quot;{paper}&quot;</translation>
    </message>
    <message>
        <source>正在读卡…</source>
        <translation>Reading…</translation>
    </message>
    <message>
        <source>读申请人证件</source>
        <translation>Read other</translation>
    </message>
    <message>
        <source>读身份证</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>录入</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>人证一致</source>
        <translation>Person matches</translation>
    </message>
    <message>
        <source>按 {read} 读身份证，或按 {edit} 录入</source>
        <translation>Read the ID card with {read}, or type with {edit}</translation>
    </message>
    <message>
        <source>本窗口没有设置身份证阅读器</source>
        <translation>This window has no ID card reader</translation>
    </message>
    <message>
        <source>请对照证件录入；需要读卡的，请大厅管理员登记阅读器</source>
        <translation>Type the data by the document; if cards must be read, ask the hall administrator to enter a reader</translation>
    </message>
    <message>
        <source>正在读卡，请把证件平放在阅读器上</source>
        <translation>Reading: lay the card flat on the reader</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>更正</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>申请人类型</source>
        <translation>Kind of applicant</translation>
    </message>
    <message>
        <source>住址（住所）</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>到场人身份</source>
        <translation>Capacity</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>姓名或名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>证件类型</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>联系电话</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>申请人未录入</source>
        <translation>No applicant yet</translation>
    </message>
    <message>
        <source>未录入</source>
        <translation>not typed</translation>
    </message>
    <message>
        <source>未读卡</source>
        <translation>Card not read</translation>
    </message>
    <message>
        <source>人证一致（目视）</source>
        <translation>Person matches (by eye)</translation>
    </message>
    <message>
        <source>{nation}族</source>
        <translation>{nation}</translation>
    </message>
    <message>
        <source>页面预览</source>
        <translation>Page preview</translation>
    </message>
    <message>
        <source>正在显示</source>
        <translation>Loading</translation>
    </message>
    <message>
        <source>其余材料不符合要求的，也请在此写明，一并告知</source>
        <translation>Other materials that are defective: write them here too, so that all is told at once</translation>
    </message>
    <message>
        <source>“{material}”的问题</source>
        <translation>Problem of &quot;{material}&quot;</translation>
    </message>
    <message>
        <source>已齐；不符合要求的写明何处不符</source>
        <translation>complete; if defective, say in what</translation>
    </message>
    <message>
        <source>缺</source>
        <comment>state</comment>
        <translation>Missing</translation>
    </message>
    <message>
        <source>自动</source>
        <translation>auto</translation>
    </message>
    <message>
        <source>第{place}项</source>
        <translation>Entry {place}</translation>
    </message>
    <message>
        <source>移除</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>添加一项</source>
        <translation>Add an entry</translation>
    </message>
    <message>
        <source>没有设置扫描仪</source>
        <translation>No scanner set up</translation>
    </message>
    <message>
        <source>请按 F5 添加已扫描的页面文件；需要扫描仪请联系大厅管理员，填写设置中的 scanner 一项</source>
        <translation>Add scanned page files with F5; if a scanner is needed, ask the hall administrator to fill in the entry scanner</translation>
    </message>
    <message>
        <source>平板</source>
        <translation>Flatbed</translation>
    </message>
    <message>
        <source>进纸器</source>
        <translation>Feeder</translation>
    </message>
    <message>
        <source>彩色</source>
        <translation>Colour</translation>
    </message>
    <message>
        <source>灰度</source>
        <translation>Grey</translation>
    </message>
    <message>
        <source>上一次扫描还没有结束</source>
        <translation>The last scan has not ended</translation>
    </message>
    <message>
        <source>请等它扫完，或按 Esc 停止后再扫</source>
        <translation>Wait until it is done, or stop it with Esc</translation>
    </message>
    <message>
        <source>扫描中断，已收 {count} 页；处理好后按 {key} 接着扫</source>
        <translation>Scan broke off, {count} pages are in; when mended, go on with {key}</translation>
    </message>
    <message>
        <source>正在停止</source>
        <translation>Stopping</translation>
    </message>
    <message>
        <source>第 {page} 页</source>
        <translation>Page {page}</translation>
    </message>
    <message>
        <source>{said}，已收 {count} 页</source>
        <translation>{said}, {count} pages in</translation>
    </message>
    <message>
        <source>{dpi} DPI</source>
        <translation>{dpi} DPI</translation>
    </message>
    <message>
        <source>本页扫描进度</source>
        <translation>Progress of this page</translation>
    </message>
    <message>
        <source>停止 {key}</source>
        <translation>Stop {key}</translation>
    </message>
    <message>
        <source>停止扫描</source>
        <translation>Stop the scan</translation>
    </message>
    <message>
        <source>查找事项</source>
        <translation>Find an item</translation>
    </message>
    <message>
        <source>名称、拼音首字母或编码</source>
        <translation>Name, pinyin initials or code</translation>
    </message>
    <message>
        <source>找到的事项</source>
        <translation>Items found</translation>
    </message>
    <message>
        <source>没有找到这样的事项</source>
        <translation>No such item</translation>
    </message>
    <message>
        <source>材料清单</source>
        <translation>List of materials</translation>
    </message>
    <message>
        <source>必要</source>
        <translation>Required</translation>
    </message>
    <message>
        <source>非必要</source>
        <translation>Optional</translation>
    </message>
    <message>
        <source>可容缺</source>
        <translation>Deferrable</translation>
    </message>
    <message>
        <source>扫描中 第 {page} 页</source>
        <translation>Scanning page {page}</translation>
    </message>
    <message>
        <source>{count} 页</source>
        <translation>{count} p.</translation>
    </message>
    <message>
        <source>已齐</source>
        <translation>Complete</translation>
    </message>
    <message>
        <source>免提交</source>
        <translation>Waived</translation>
    </message>
    <message>
        <source>原件 {count} 份</source>
        <translation>Originals: {count}</translation>
    </message>
    <message>
        <source>复印件 {count} 份</source>
        <translation>Photocopies: {count}</translation>
    </message>
    <message>
        <source>电子材料</source>
        <translation>Electronic</translation>
    </message>
    <message>
        <source>{when}时{necessity}</source>
        <translation>{necessity} if {when}</translation>
    </message>
    <message>
        <source>应于 {day} 前补齐</source>
        <translation>Due by {day}</translation>
    </message>
    <message>
        <source>受理后 {limit}内补齐</source>
        <translation>Due within {limit} of acceptance</translation>
    </message>
    <message>
        <source>办理中 {time}</source>
        <translation>Working {time}</translation>
    </message>
    <message>
        <source>收下补齐</source>
        <translation>Take it in</translation>
    </message>
    <message>
        <source>请等扫描结束后再收下</source>
        <translation>Wait for the scan to end, then take it in</translation>
    </message>
    <message>
        <source>请选定材料，扫描后再收下</source>
        <translation>Choose the material, scan it, then take it in</translation>
    </message>
    <message>
        <source>还没有扫描要补齐的材料</source>
        <translation>Nothing scanned to supply yet</translation>
    </message>
    <message>
        <source>正在收下补齐的材料</source>
        <translation>Taking in the deferred material</translation>
    </message>
    <message>
        <source>容缺材料已全部补齐</source>
        <translation>All deferred materials supplied</translation>
    </message>
    <message>
        <source>还有 {count} 项待补</source>
        <translation>{count} still to come</translation>
    </message>
    <message>
        <source>已收下补齐的材料</source>
        <translation>Deferred material taken in</translation>
    </message>
    <message>
        <source>，应于 {day} 前补齐</source>
        <translation>, due by {day}</translation>
    </message>
    <message>
        <source>各页缩略图</source>
        <translation>Thumbnails of the pages</translation>
    </message>
    <message>
        <source>{said}（{sheets} 张）</source>
        <translation>{said} ({sheets} sheets)</translation>
    </message>
    <message>
        <source>一次性告知由缺项自动生成，内容完整。现在出具补正告知书 {key}</source>
        <translation>The correction notice is made from what is missing, complete. Issue it now with {key}</translation>
    </message>
    <message>
        <source>，材料退还申请人或留窗由您选择</source>
        <translation>; you choose whether the materials go back or stay</translation>
    </message>
    <message>
        <source>；收件后告知截止 {day}</source>
        <translation>; after taking in, notice is due by {day}</translation>
    </message>
    <message>
        <source>，逾期视为受理</source>
        <translation>, after that deemed accepted</translation>
    </message>
    <message>
        <source>。</source>
        <comment>end</comment>
        <translation>.</translation>
    </message>
    <message>
        <source>（共 {count} 处）</source>
        <translation> ({count} in all)</translation>
    </message>
    <message>
        <source>◐ 暂不能受理：{what}{more}</source>
        <translation>◐ Cannot be accepted yet: {what}{more}</translation>
    </message>
    <message>
        <source>◐ 还差：{what}{more}</source>
        <translation>◐ Missing: {what}{more}</translation>
    </message>
    <message>
        <source>✓ 材料已齐，可以收件</source>
        <translation>✓ Materials complete, can be taken in</translation>
    </message>
    <message>
        <source>✓ 可以受理</source>
        <translation>✓ Can be accepted</translation>
    </message>
    <message>
        <source>✓ 可以容缺受理</source>
        <translation>✓ Can be accepted with deferred materials</translation>
    </message>
    <message>
        <source>，承诺办结 {day}</source>
        <translation>, promised for {day}</translation>
    </message>
    <message>
        <source>（按已公布的节假日预计）</source>
        <translation> (expected by published holidays)</translation>
    </message>
    <message>
        <source>{count} 项材料正在扫描</source>
        <translation>{count} materials being scanned</translation>
    </message>
    <message>
        <source>缺材料 {count} 项</source>
        <translation>{count} materials missing</translation>
    </message>
    <message>
        <source>不符合要求的材料 {count} 项</source>
        <translation>{count} materials defective</translation>
    </message>
    <message>
        <source>桌上还没有办件：请先读卡，或者选事项</source>
        <translation>No case on the desk: read a card or choose an item first</translation>
    </message>
    <message>
        <source>暂存</source>
        <translation>Keep draft</translation>
    </message>
    <message>
        <source>一次性补正</source>
        <translation>Correction notice</translation>
    </message>
    <message>
        <source>收件并出凭证</source>
        <translation>Take in, slip</translation>
    </message>
    <message>
        <source>受理</source>
        <comment>key</comment>
        <translation>Accept</translation>
    </message>
    <message>
        <source>现在不能办理这一步</source>
        <translation>This step is not possible now</translation>
    </message>
    <message>
        <source>，等 {count} 处</source>
        <translation> and more, {count} in all</translation>
    </message>
    <message>
        <source>放下</source>
        <translation>Put aside</translation>
    </message>
    <message>
        <source>办件现为“{state}”，没有其他处理</source>
        <translation>The case is &quot;{state}&quot;; there is no other outcome</translation>
    </message>
    <message>
        <source>接收补正</source>
        <translation>Take correction</translation>
    </message>
    <message>
        <source>由部门受理</source>
        <translation>By department</translation>
    </message>
    <message>
        <source>（差 {count} 处）</source>
        <translation> ({count} missing)</translation>
    </message>
    <message>
        <source>异常办件（待处置）</source>
        <translation>Exceptions to settle</translation>
    </message>
    <message>
        <source>书面撤回申请的名称、日期</source>
        <translation>Name and date of the written withdrawal</translation>
    </message>
    <message>
        <source>{field}：本窗口 {ours}，平台 {theirs}</source>
        <translation>{field}: here {ours}, platform {theirs}</translation>
    </message>
    <message>
        <source>没有连上平台 {span}（自 {since}）</source>
        <translation>Platform not reached for {span} (since {since})</translation>
    </message>
    <message>
        <source>网络是通的，平台没有应答 {span}（自 {since}）</source>
        <translation>Network is up, platform does not answer for {span} (since {since})</translation>
    </message>
    <message>
        <source>平台不认可本窗口 {span}（自 {since}）</source>
        <translation>Platform does not know this window, {span} (since {since})</translation>
    </message>
    <message>
        <source>本机故障，暂不能上传 {span}（自 {since}）</source>
        <translation>Fault of this computer, no upload for {span} (since {since})</translation>
    </message>
    <message>
        <source>本机和网线不用检查，请联系平台管理员</source>
        <translation>Computer and cable are fine; call the platform administrator</translation>
    </message>
    <message>
        <source>请系统管理员核对本窗口的登记</source>
        <translation>Ask the system administrator to check this window&apos;s enrolment</translation>
    </message>
    <message>
        <source>请系统管理员检查本机磁盘和日志</source>
        <translation>Ask the system administrator to check this computer&apos;s disk and log</translation>
    </message>
    <message>
        <source>单机工作：没有设置平台地址，办件只保存在本机</source>
        <translation>Working alone: no platform address is set, cases are kept on this computer only</translation>
    </message>
    <message>
        <source>可以继续收件、受理；办件都在本机，连上后自动上传，不会丢失也不会重复</source>
        <translation>Go on taking in and accepting: all cases are here and are uploaded when the connection is back, none lost, none twice</translation>
    </message>
    <message>
        <source>同步</source>
        <translation>Sync</translation>
    </message>
    <message>
        <source>上传进度</source>
        <translation>Upload progress</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>上传中、结果待核实</source>
        <translation>Sending, result unknown</translation>
    </message>
    <message>
        <source>平台已全部接收</source>
        <translation>All at platform</translation>
    </message>
    <message>
        <source>最早 {since}（已 {span}）</source>
        <translation>Oldest {since} ({span} ago)</translation>
    </message>
    <message>
        <source>材料文件 {done} / {total}</source>
        <translation>Material files {done} / {total}</translation>
    </message>
    <message>
        <source>平台已答复 {done} / {total} 条</source>
        <translation>{done} / {total} answered</translation>
    </message>
    <message>
        <source>每分 {count} 条</source>
        <translation>{count} a minute</translation>
    </message>
    <message>
        <source>已暂停上传，十分钟后自动继续；按“立即同步”马上继续</source>
        <translation>Uploading is paused and goes on by itself in ten minutes; &quot;Sync now&quot; goes on at once</translation>
    </message>
    <message>
        <source>正在连接平台</source>
        <translation>Connecting to platform</translation>
    </message>
    <message>
        <source>已连接平台（自 {since}）</source>
        <translation>Platform connected (since {since})</translation>
    </message>
    <message>
        <source>最近一次问题：{trouble}</source>
        <translation>Last trouble: {trouble}</translation>
    </message>
    <message>
        <source>文书页面</source>
        <translation>Page of the paper</translation>
    </message>
    <message>
        <source>上一页</source>
        <translation>Previous page</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next page</translation>
    </message>
    <message>
        <source>返回列表</source>
        <translation>Back to list</translation>
    </message>
    <message>
        <source>已是最后一页</source>
        <translation>last page</translation>
    </message>
    <message>
        <source>不作废</source>
        <translation>Do not void</translation>
    </message>
    <message>
        <source>口令</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>已试</source>
        <translation>Tries</translation>
    </message>
    <message>
        <source>上传记录</source>
        <translation>Uploads</translation>
    </message>
    <message>
        <source>没有符合条件的上传记录</source>
        <translation>No such uploads</translation>
    </message>
    <message>
        <source>全部内容</source>
        <translation>All contents</translation>
    </message>
    <message>
        <source>按内容筛选</source>
        <translation>Filter by content</translation>
    </message>
    <message>
        <source>筛选</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>{count} 条</source>
        <translation>{count} entries</translation>
    </message>
    <message>
        <source>星期一</source>
        <translation>Monday</translation>
    </message>
    <message>
        <source>星期三</source>
        <translation>Wednesday</translation>
    </message>
    <message>
        <source>星期二</source>
        <translation>Tuesday</translation>
    </message>
    <message>
        <source>星期五</source>
        <translation>Friday</translation>
    </message>
    <message>
        <source>星期六</source>
        <translation>Saturday</translation>
    </message>
    <message>
        <source>星期四</source>
        <translation>Thursday</translation>
    </message>
    <message>
        <source>星期日</source>
        <translation>Sunday</translation>
    </message>
    <message>
        <source>正在打开本窗口的数据…</source>
        <translation>Opening the data of this window…</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>工号</source>
        <translation>Staff no.</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>忘记口令</source>
        <translation>Forgot PIN</translation>
    </message>
    <message>
        <source>窗口已锁定</source>
        <translation>Window locked</translation>
    </message>
    <message>
        <source>本窗口没有打开</source>
        <translation>This window did not open</translation>
    </message>
    <message>
        <source>{day} {weekday} · 待上传 {waiting} 件，平台未接收 {refused} 件</source>
        <translation>{day} {weekday} · waiting: {waiting}, not taken: {refused}</translation>
    </message>
    <message>
        <source>，暂不上传 {held} 件</source>
        <translation>, held back: {held}</translation>
    </message>
    <message>
        <source>请系统管理员校准本机时钟。可以继续收件、受理，上传的先后不受影响；打印文书前请核对日期和时间</source>
        <translation>Ask the system administrator to set the clock. You can go on taking in and accepting, and the order of uploads is safe; check date and time before printing papers</translation>
    </message>
    <message>
        <source>快</source>
        <translation>ahead of</translation>
    </message>
    <message>
        <source>慢</source>
        <translation>behind</translation>
    </message>
    <message>
        <source>本机时间比平台{way} {span}</source>
        <translation>This computer&apos;s clock is {way} the platform&apos;s by {span}</translation>
    </message>
    <message>
        <source>综合窗口</source>
        <translation>Window</translation>
    </message>
    <message>
        <source>待上传 {count} 件</source>
        <translation>Waiting: {count}</translation>
    </message>
    <message>
        <source>平台未接收 {count} 件</source>
        <translation>Not taken: {count}</translation>
    </message>
    <message>
        <source>暂不上传 {count} 件</source>
        <translation>Held back: {count}</translation>
    </message>
    <message>
        <source>应急受理（{why} {time}）</source>
        <translation>Outage ({why} {time})</translation>
    </message>
    <message>
        <source>最早 {time}</source>
        <translation>since {time}</translation>
    </message>
    <message>
        <source>窗口设置的 keys 中有不认识的操作“{act}”</source>
        <translation>keys in the window settings has an unknown act &quot;{act}&quot;</translation>
    </message>
    <message>
        <source>请大厅管理员核对该项的写法，或者删去；更正后按 F5 再打开</source>
        <translation>Ask the hall administrator to check how it is written, or delete it; then open again with F5</translation>
    </message>
    <message>
        <source>窗口设置的 keys 中，操作“{act}”不能用按键“{key}”</source>
        <translation>In keys of the window settings, the act &quot;{act}&quot; cannot use the key &quot;{key}&quot;</translation>
    </message>
    <message>
        <source>请大厅管理员改用功能键或带 Ctrl、Alt 的组合键（编辑文字的除外），且不与其他操作相同；更正后按 F5 再打开</source>
        <translation>Ask the hall administrator to take a function key or one with Ctrl or Alt (none that edits text) that no other act uses; then open again with F5</translation>
    </message>
    <message>
        <source>程序出错，刚才这一步没有完成</source>
        <translation>The program failed; this step was not done</translation>
    </message>
    <message>
        <source>已保存的内容和已受理的办件不受影响；请重试，仍不行时请系统管理员查看日志</source>
        <translation>What was saved and every accepted case is safe; try again, and if it stays so ask the system administrator to see the log</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>应为 6 位数字的行政区划代码</source>
        <translation>must be a region code of 6 digits</translation>
    </message>
    <message>
        <source>应为 2 位数字</source>
        <translation>must be 2 digits</translation>
    </message>
    <message>
        <source>请填写大厅名称</source>
        <translation>fill in the hall&apos;s name</translation>
    </message>
    <message>
        <source>应为两个自然数，起始号不大于截止号</source>
        <translation>must be two numbers, the first not above the last</translation>
    </message>
    <message>
        <source>应以 https:// 开头；空着表示单机工作</source>
        <translation>must begin with https://; empty means working alone</translation>
    </message>
    <message>
        <source>正在查找…</source>
        <translation>Looking…</translation>
    </message>
    <message>
        <source>平台和设备</source>
        <translation>Platform and devices</translation>
    </message>
    <message>
        <source>平台地址</source>
        <translation>Platform address</translation>
    </message>
    <message>
        <source>空着：单机工作</source>
        <translation>empty: works alone</translation>
    </message>
    <message>
        <source>试连</source>
        <translation>Try</translation>
    </message>
    <message>
        <source>试读</source>
        <translation>Try</translation>
    </message>
    <message>
        <source>试扫</source>
        <translation>Try</translation>
    </message>
    <message>
        <source>试打</source>
        <translation>Try</translation>
    </message>
    <message>
        <source>没有找到；可以填写地址，或先跳过</source>
        <translation>None found; type an address, or skip it for now</translation>
    </message>
    <message>
        <source>行政区划代码</source>
        <translation>Region code</translation>
    </message>
    <message>
        <source>大厅代码</source>
        <translation>Hall code</translation>
    </message>
    <message>
        <source>大厅名称</source>
        <translation>Hall name</translation>
    </message>
    <message>
        <source>窗口号</source>
        <translation>Window number</translation>
    </message>
    <message>
        <source>文书编号</source>
        <translation>Paper numbers</translation>
    </message>
    <message>
        <source>文书编号号段</source>
        <translation>Block of paper numbers</translation>
    </message>
    <message>
        <source>窗口电话</source>
        <translation>Window&apos;s telephone</translation>
    </message>
    <message>
        <source>实施机关</source>
        <translation>Implementing organs</translation>
    </message>
    <message>
        <source>无人操作锁定</source>
        <translation>Locked when unused</translation>
    </message>
    <message>
        <source>已传文件保留</source>
        <translation>Sent files kept</translation>
    </message>
    <message>
        <source>上传限速</source>
        <translation>Upload limit</translation>
    </message>
    <message>
        <source>第二份存放处</source>
        <translation>Second copy at</translation>
    </message>
    <message>
        <source>平台公钥</source>
        <translation>Platform&apos;s key</translation>
    </message>
    <message>
        <source>大厅恢复公钥</source>
        <translation>Hall&apos;s recovery key</translation>
    </message>
    <message>
        <source>配色</source>
        <translation>Theme</translation>
    </message>
    <message>
        <source>大字</source>
        <translation>Large type</translation>
    </message>
    <message>
        <source>语言</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>自定按键</source>
        <translation>Own keys</translation>
    </message>
    <message>
        <source>时区</source>
        <translation>Time zone</translation>
    </message>
    <message>
        <source>示例设置</source>
        <translation>Sample settings</translation>
    </message>
    <message>
        <source>环境变量</source>
        <translation>environment</translation>
    </message>
    <message>
        <source>settings.toml 文件</source>
        <translation>settings.toml</translation>
    </message>
    <message>
        <source>默认值</source>
        <translation>default</translation>
    </message>
    <message>
        <source>{value} 分钟</source>
        <translation>{value} minutes</translation>
    </message>
    <message>
        <source>每次向平台申请 {value} 个</source>
        <translation>{value} at a time from the platform</translation>
    </message>
    <message>
        <source>{value} 天</source>
        <translation>{value} days</translation>
    </message>
    <message>
        <source>每秒 {value} KB</source>
        <translation>{value} KB a second</translation>
    </message>
    <message>
        <source>现行设置</source>
        <translation>Settings in effect</translation>
    </message>
    <message>
        <source>否</source>
        <translation>no</translation>
    </message>
    <message>
        <source> 至 </source>
        <translation> to </translation>
    </message>
    <message>
        <source>{count} 项</source>
        <translation>{count} entries</translation>
    </message>
    <message>
        <source>模拟（演练用）</source>
        <translation>simulated (training)</translation>
    </message>
    <message>
        <source>不接</source>
        <translation>none</translation>
    </message>
    <message>
        <source>截止文书编号</source>
        <translation>Last paper number</translation>
    </message>
    <message>
        <source>起始文书编号</source>
        <translation>First paper number</translation>
    </message>
    <message>
        <source>至</source>
        <translation>to</translation>
    </message>
    <message>
        <source>建立本窗口</source>
        <translation>Set up this window</translation>
    </message>
    <message>
        <source>请写明是哪个大厅的哪个窗口，再逐项试一试；没接的设备可以先跳过，以后在“设置”页补上</source>
        <translation>Say which window of which hall this is, then try each device; what is not there yet can be skipped and added on the Settings page</translation>
    </message>
    <message>
        <source>完成设置</source>
        <translation>Finish</translation>
    </message>
    <message>
        <source>没有建成，原因见上方；改好后请重新输入口令，再完成设置</source>
        <translation>Not set up, see above why; correct it, type the PIN again and finish</translation>
    </message>
    <message>
        <source>首位大厅管理员</source>
        <translation>First hall administrator</translation>
    </message>
    <message>
        <source>登录后由管理员添加其他人员；工号和口令请记牢</source>
        <translation>The administrator adds the other people after signing in; remember staff number and PIN</translation>
    </message>
    <message>
        <source>还有 {count} 项要改：{names}</source>
        <translation>{count} to correct: {names}</translation>
    </message>
    <message>
        <source>正在建立本窗口…</source>
        <translation>Setting up this window…</translation>
    </message>
    <message>
        <source>请大厅管理员在这里输入自己的工号和口令，为忘记口令或已锁定的人员换一个新口令</source>
        <translation>The hall administrator types the own staff number and PIN here and gives a new PIN to who forgot it or is locked</translation>
    </message>
    <message>
        <source>没有别的管理员、管理员自己也忘了口令时，请系统管理员在本机运行 yichuang staff recover 重设</source>
        <translation>If there is no other administrator and the administrator forgot the PIN, the system administrator resets it here with yichuang staff recover</translation>
    </message>
    <message>
        <source>管理员工号</source>
        <translation>Administrator&apos;s staff no.</translation>
    </message>
    <message>
        <source>管理员口令</source>
        <translation>Administrator&apos;s PIN</translation>
    </message>
    <message>
        <source>本人工号</source>
        <translation>Your staff no.</translation>
    </message>
    <message>
        <source>重设口令</source>
        <translation>Reset PIN</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>请填写{what}</source>
        <translation>Fill in: {what}</translation>
    </message>
    <message>
        <source>大厅和窗口</source>
        <translation>Hall and window</translation>
    </message>
    <message>
        <source>如 110101</source>
        <translation>e.g. 110101</translation>
    </message>
    <message>
        <source>如 01</source>
        <translation>e.g. 01</translation>
    </message>
    <message>
        <source>如 某某区政务服务中心</source>
        <translation>e.g. the government-service centre of a district</translation>
    </message>
    <message>
        <source>如 07</source>
        <translation>e.g. 07</translation>
    </message>
    <message>
        <source>文书编号是本窗口可用的号段，由大厅分给，各窗口不得重叠</source>
        <translation>Paper numbers are this window&apos;s own block, given by the hall; no two windows share any</translation>
    </message>
    <message>
        <source>浅色</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>深色</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>高对比度</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>标准</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>外观</source>
        <translation>Looks</translation>
    </message>
    <message>
        <source>字号</source>
        <translation>Letters</translation>
    </message>
    <message>
        <source>机关名称</source>
        <translation>Organ&apos;s name</translation>
    </message>
    <message>
        <source>咨询电话</source>
        <translation>Advice telephone</translation>
    </message>
    <message>
        <source>监督电话</source>
        <translation>Supervision telephone</translation>
    </message>
    <message>
        <source>复议机关</source>
        <translation>Review organ</translation>
    </message>
    <message>
        <source>诉讼法院</source>
        <translation>Court</translation>
    </message>
    <message>
        <source>印在文书上的名称和电话；与事项目录相同的不必改</source>
        <translation>Names and telephones printed on papers; leave what is as in the catalogue</translation>
    </message>
    <message>
        <source>机关</source>
        <translation>Organ</translation>
    </message>
    <message>
        <source>口令不少于 {length} 位</source>
        <translation>A PIN has at least {length} characters</translation>
    </message>
    <message>
        <source>新口令</source>
        <translation>New PIN</translation>
    </message>
    <message>
        <source>再输一次新口令</source>
        <translation>New PIN again</translation>
    </message>
    <message>
        <source>再输一次</source>
        <translation>Once more</translation>
    </message>
    <message>
        <source>两次输入的口令不同</source>
        <translation>The two PINs differ</translation>
    </message>
    <message>
        <source>岗位</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>People</translation>
    </message>
    <message>
        <source>本窗口的人员</source>
        <translation>People of this window</translation>
    </message>
    <message>
        <source>重设口令并解锁</source>
        <translation>Reset PIN and unlock</translation>
    </message>
    <message>
        <source>添加人员</source>
        <translation>Add a person</translation>
    </message>
    <message>
        <source>为工号 {number} 重设口令</source>
        <translation>Reset the PIN of staff number {number}</translation>
    </message>
    <message>
        <source>已添加工号 {number}</source>
        <translation>Staff number {number} added</translation>
    </message>
    <message>
        <source>工号 {number} 的口令已重设，可以登录</source>
        <translation>PIN of staff number {number} reset; sign-in is possible</translation>
    </message>
    <message>
        <source>▲ 已锁定</source>
        <translation>▲ locked</translation>
    </message>
    <message>
        <source>◐ 口令输错 {count} 次</source>
        <translation>◐ {count} wrong PINs</translation>
    </message>
    <message>
        <source>还没有填写，可以先跳过</source>
        <translation>Not filled in; you can skip it</translation>
    </message>
    <message>
        <source>正在试，请稍候…</source>
        <translation>Trying, wait a moment…</translation>
    </message>
    <message>
        <source>改动保存后，下次打开窗口时生效</source>
        <translation>Changes are saved and count when the window is next opened</translation>
    </message>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>保存设置</source>
        <translation>Save settings</translation>
    </message>
    <message>
        <source>由环境变量 {name} 决定，这里改不了</source>
        <translation>Set by the environment variable {name}; it cannot be changed here</translation>
    </message>
    <message>
        <source>还有 {count} 项要改</source>
        <translation>{count} to correct</translation>
    </message>
    <message>
        <source>没有改动</source>
        <translation>Nothing changed</translation>
    </message>
    <message>
        <source>下次打开窗口时生效</source>
        <translation>They count when the window is next opened</translation>
    </message>
    <message>
        <source>设置已保存</source>
        <translation>Settings saved</translation>
    </message>
    <message>
        <source>平台已应答，时钟一致</source>
        <translation>The platform answered, the clocks agree</translation>
    </message>
    <message>
        <source>平台已应答；本机时钟{way} {seconds} 秒，请校准</source>
        <translation>The platform answered; this clock is {seconds} seconds {way} it: set it</translation>
    </message>
    <message>
        <source>读到 {name}，{number}</source>
        <translation>Read: {name}, {number}</translation>
    </message>
    <message>
        <source>扫到 1 页，{width}×{height} 毫米，{dpi} dpi</source>
        <translation>1 page scanned, {width}×{height} mm, {dpi} dpi</translation>
    </message>
    <message>
        <source>请到打印机旁查看</source>
        <translation>look at the printer</translation>
    </message>
    <message>
        <source>请看测试页是否完整</source>
        <translation>see whether the test page is whole</translation>
    </message>
    <message>
        <source>测试页{told}，{asked}</source>
        <translation>Test page: {told}, {asked}</translation>
    </message>
    <message>
        <source>数据密钥的保管：{place}</source>
        <translation>Key of the data kept by: {place}</translation>
    </message>
    <message>
        <source>工号 {numbers} 输入的内容还没有存到磁盘</source>
        <translation>What staff number {numbers} typed is not on the disk yet</translation>
    </message>
    <message>
        <source>内容还在内存里，本人登录后再存；在此之前请不要关闭窗口，并请系统管理员查看磁盘</source>
        <translation>It is still in memory and is saved when that person signs in; do not close the window until then, and ask the system administrator to look at the disk</translation>
    </message>
    <message>
        <source>本窗口已有人员，没有另建管理员</source>
        <translation>This window has people already; no administrator was made</translation>
    </message>
    <message>
        <source>设置已写好；请用原来的工号登录</source>
        <translation>The settings are written; sign in with the old staff number</translation>
    </message>
    <message>
        <source>正在建立本窗口</source>
        <translation>Setting up this window</translation>
    </message>
    <message>
        <source>工号 {number} 的口令已重设</source>
        <translation>PIN of staff number {number} reset</translation>
    </message>
    <message>
        <source>请用新口令登录</source>
        <translation>Sign in with the new PIN</translation>
    </message>
    <message>
        <source>平台</source>
        <translation>Platform</translation>
    </message>
    <message>
        <source>本机磁盘</source>
        <translation>Disk</translation>
    </message>
    <message>
        <source>没有回应</source>
        <translation>no response</translation>
    </message>
    <message>
        <source>请检查连线和电源；一直没有回应请重新打开一窗程序，并联系大厅技术人员</source>
        <translation>Check cable and power; if it stays so, open Yichuang again and call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>这份备份只能在本机用系统密钥环打开；请系统管理员设置数据口令（YICHUANG_KEY_FILE）后再备份一次</source>
        <translation>This backup can be opened only on this computer by the system keyring; ask the system administrator to set a passphrase (YICHUANG_KEY_FILE) and back up again</translation>
    </message>
    <message>
        <source>备份</source>
        <translation>Back up</translation>
    </message>
    <message>
        <source>备份文件</source>
        <translation>Backup file</translation>
    </message>
    <message>
        <source>备份盘上的新文件，含完整路径</source>
        <translation>a new file on the backup disk, with its whole path</translation>
    </message>
    <message>
        <source>备份进度</source>
        <translation>Backup progress</translation>
    </message>
    <message>
        <source>数据库和全部扫描页加密写入一个文件，写完即逐个核对；期间可以照常办件。备份盘请妥善保管。</source>
        <translation>Database and all scans go encrypted into one file, and each is checked; you can work meanwhile. Keep the backup disk safe.</translation>
    </message>
    <message>
        <source>例如备份盘上的一个新文件</source>
        <translation>for instance a new file on the backup disk</translation>
    </message>
    <message>
        <source>请填写备份文件的完整路径</source>
        <translation>Fill in the whole path of the backup file</translation>
    </message>
    <message>
        <source>备份已取消</source>
        <translation>Backup cancelled</translation>
    </message>
    <message>
        <source>没有留下半个文件；需要时可以再来一次</source>
        <translation>No half file is left; back up again when needed</translation>
    </message>
    <message>
        <source>{size} MB，含 {files} 个扫描文件</source>
        <translation>{size} MB with {files} scans</translation>
    </message>
    <message>
        <source>备份已写好并核对过：{name}</source>
        <translation>Backup written and checked: {name}</translation>
    </message>
    <message>
        <source>备份已写好：{name}</source>
        <translation>Backup written: {name}</translation>
    </message>
    <message>
        <source>{done} / {total} 步</source>
        <translation>{done} / {total} steps</translation>
    </message>
    <message>
        <source>其中留下 {count}</source>
        <translation>{count} held</translation>
    </message>
    <message>
        <source>今日收件 / 受理</source>
        <translation>In / accepted</translation>
    </message>
    <message>
        <source>补正 {count} · 不予 {no}</source>
        <translation>corr. {count} · ref. {no}</translation>
    </message>
    <message>
        <source>原因见下</source>
        <translation>why, see below</translation>
    </message>
    <message>
        <source>没有打出的</source>
        <translation>did not come out</translation>
    </message>
    <message>
        <source>用印后才可交付</source>
        <translation>seal first</translation>
    </message>
    <message>
        <source>补正 / 受理到期</source>
        <translation>Clocks due</translation>
    </message>
    <message>
        <source>至下一工作日</source>
        <translation>by next workday</translation>
    </message>
    <message>
        <source>容缺到期</source>
        <translation>Deferred due</translation>
    </message>
    <message>
        <source>待处置</source>
        <translation>To settle</translation>
    </message>
    <message>
        <source>情况</source>
        <translation>What is wrong</translation>
    </message>
    <message>
        <source>处置</source>
        <translation>Settle by</translation>
    </message>
    <message>
        <source>{kind} {count} 件：{number} {words}</source>
        <translation>{kind}, {count}: {number} {words}</translation>
    </message>
    <message>
        <source>{kind}：{words}</source>
        <translation>{kind}: {words}</translation>
    </message>
    <message>
        <source>值班</source>
        <translation>Duty</translation>
    </message>
    <message>
        <source>待处置的办件</source>
        <translation>Cases to settle</translation>
    </message>
    <message>
        <source>没有待处置的办件</source>
        <translation>Nothing to settle</translation>
    </message>
    <message>
        <source>已加盖的印章（{number}）</source>
        <translation>Seal applied ({number})</translation>
    </message>
    <message>
        <source>有，选“打出来了”；没有，选“没有打出，补打”，补打的一份注明次数</source>
        <translation>If it does, choose &quot;It came out&quot;; if not, &quot;Not out, reprint&quot;: the reprint is marked with its count</translation>
    </message>
    <message>
        <source>请看打印机上有没有这一份</source>
        <translation>Look whether it lies on the printer</translation>
    </message>
    <message>
        <source>不知是否打出</source>
        <translation>Came out or not?</translation>
    </message>
    <message>
        <source>打印停住</source>
        <translation>Print halted</translation>
    </message>
    <message>
        <source>受理决定到期</source>
        <translation>Decision due</translation>
    </message>
    <message>
        <source>补正到期</source>
        <translation>Correction due</translation>
    </message>
    <message>
        <source>文书编号将尽</source>
        <translation>Paper numbers low</translation>
    </message>
    <message>
        <source>请到打印机旁查看缺纸、卡纸或盖板；处理好后自动继续</source>
        <translation>Look at the printer for paper, jam or cover; it goes on by itself when mended</translation>
    </message>
    <message>
        <source>已再次送打印机</source>
        <translation>Sent to the printer again</translation>
    </message>
    <message>
        <source>已送打印机</source>
        <translation>Sent to the printer</translation>
    </message>
    <message>
        <source>已记为打出</source>
        <translation>Noted as printed</translation>
    </message>
    <message>
        <source>补打的一份已送打印机</source>
        <translation>The reprint has gone to the printer</translation>
    </message>
    <message>
        <source>锁定前没有存上的内容已经保存</source>
        <translation>What was not saved before the lock is saved now</translation>
    </message>
    <message>
        <source>请选择</source>
        <translation>Choose</translation>
    </message>
    <message>
        <source>正在准备</source>
        <translation>Preparing</translation>
    </message>
    <message>
        <source>待填写</source>
        <translation>to fill in</translation>
    </message>
    <message>
        <source>分</source>
        <translation>min</translation>
    </message>
    <message>
        <source>天</source>
        <translation>d</translation>
    </message>
    <message>
        <source>小时</source>
        <translation>h</translation>
    </message>
    <message>
        <source>不到 1 分</source>
        <translation>under 1 min</translation>
    </message>
    <message>
        <source>约剩 {seconds} 秒</source>
        <translation>about {seconds} s left</translation>
    </message>
    <message>
        <source>约剩 {span}</source>
        <translation>about {span} left</translation>
    </message>
    <message>
        <source>{paper}{number}</source>
        <translation>{paper} {number}</translation>
    </message>
    <message>
        <source>男</source>
        <translation>Male</translation>
    </message>
    <message>
        <source>女</source>
        <translation>Female</translation>
    </message>
    <message>
        <source>用印登记</source>
        <comment>act</comment>
        <translation>enter seals</translation>
    </message>
    <message>
        <source>没有编号</source>
        <comment>case</comment>
        <translation>none</translation>
    </message>
    <message>
        <source>导入</source>
        <comment>key</comment>
        <translation>File</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>办件 {case} 的材料“{material}”还没有扫描</source>
        <translation>The material &quot;{material}&quot; of case {case} has not been scanned</translation>
    </message>
    <message>
        <source>请先扫描要补齐的材料，再收下</source>
        <translation>Scan the material to be supplied, then take it in</translation>
    </message>
    <message>
        <source>上级平台没有应答，号段稍后再领；窗口可以继续受理</source>
        <translation>the platform above does not answer; numbers are leased later, the window can go on accepting</translation>
    </message>
    <message>
        <source>扫描的页已随办件保存；打开本件再收下</source>
        <translation>The scanned pages are saved with the case; open it again to take them in</translation>
    </message>
    <message>
        <source>清除已扫</source>
        <translation>Drop scans</translation>
    </message>
    <message>
        <source>请等它扫完再扫</source>
        <translation>Wait until it is done, then scan</translation>
    </message>
    <message>
        <source>已扫 {count} 页，未收下</source>
        <translation>{count} pages scanned, not taken in</translation>
    </message>
    <message>
        <source>没有{device}，窗口不能打开</source>
        <translation>No {device}: the window cannot open</translation>
    </message>
    <message>
        <source>请在桌面环境中打开；没有显示器时，可用 yichuang demo 在虚拟屏幕上演示</source>
        <translation>Open it on a desktop; without a screen, yichuang demo shows it on a virtual one</translation>
    </message>
    <message>
        <source>显示器</source>
        <translation>screen</translation>
    </message>
    <message>
        <source>材料页</source>
        <translation>page</translation>
    </message>
    <message>
        <source>原件退还</source>
        <translation>Original goes back</translation>
    </message>
    <message>
        <source>网线未通</source>
        <translation>Cable not connected</translation>
    </message>
    <message>
        <source>本机没有接上网络 {span}（自 {since}）</source>
        <translation>This window has been off the network for {span} (since {since})</translation>
    </message>
    <message>
        <source>请看网线是否插好、交换机是否通电，再请网络管理员检查</source>
        <translation>Check that the cable is plugged in and the switch is on; then ask the network administrator</translation>
    </message>
    <message>
        <source>本机的网线是通的，请网络管理员检查到平台的线路</source>
        <translation>The cable of this window is fine; ask the network administrator to check the line to the platform</translation>
    </message>
    <message>
        <source>文件 {file} 不是平台 {url} 发给本节点的凭据</source>
        <translation>File {file} is not the credentials the platform {url} gave this node</translation>
    </message>
    <message>
        <source>请核对 --upstream 和文件；需要时用 yichuang hub enrol-token 另发一次性令牌，再用 yichuang hub join 登记</source>
        <translation>Check --upstream and the file; if need be have another one-time token made with yichuang hub enrol-token and enrol with yichuang hub join</translation>
    </message>
    <message>
        <source>节点的凭据写不进 {file}（{reason}）</source>
        <translation>The node&apos;s credentials cannot be written to {file} ({reason})</translation>
    </message>
    <message>
        <source>一次性令牌已经用掉；请核对目录和磁盘，另发一个令牌后再登记</source>
        <translation>The one-time token is used up; check the folder and the disk, have another token made and enrol again</translation>
    </message>
    <message>
        <source>与平台一致</source>
        <translation>As the platform&apos;s</translation>
    </message>
    <message>
        <source>本机时间比平台{way} {seconds} 秒</source>
        <translation>This computer&apos;s clock is {way} the platform&apos;s by {seconds} s</translation>
    </message>
    <message>
        <source>{series}  待退回：自第{first}号起</source>
        <translation>{series}  to be returned: from no. {first} on</translation>
    </message>
    <message>
        <source>没有可以退回的编号</source>
        <translation>There are no numbers to return</translation>
    </message>
    <message>
        <source>已处理 {count} 处，请再核对一次</source>
        <translation>{count} mended; please compare once more</translation>
    </message>
    <message>
        <source>请插好存放第二份的磁盘，受理不受影响；首次设置的请先建好该目录，换了磁盘的请系统管理员用 yichuang second-copy 重新设置</source>
        <translation>Plug in the disk of the second copy; acceptance is not affected. For a first set-up make that folder first; if it is a new disk, ask the system administrator to set it with yichuang second-copy</translation>
    </message>
    <message>
        <source>没有给出登记令牌，本窗口没有登记</source>
        <translation>No enrolment token was given; this window was not enrolled</translation>
    </message>
    <message>
        <source>请把平台管理员用 yichuang hub enrol-token 发的令牌写入文件，并用 --token-file 指明</source>
        <translation>Write the token that the platform&apos;s administrator made with yichuang hub enrol-token into a file, and name it with --token-file</translation>
    </message>
    <message>
        <source>可以继续受理。请联系系统管理员核对平台令牌；平台要求登记的，用 yichuang enrol 登记本窗口</source>
        <translation>Go on accepting. Ask the system administrator to check this window&apos;s token; where the platform wants enrolment, enrol this window with yichuang enrol</translation>
    </message>
    <message>
        <source>地址和端口已被占用</source>
        <translation>the address and port are taken</translation>
    </message>
    <message>
        <source>本机没有这个地址</source>
        <translation>this machine has no such address</translation>
    </message>
    <message>
        <source>没有这个主机名</source>
        <translation>there is no host of that name</translation>
    </message>
    <message>
        <source>写法如 {example}</source>
        <translation>it is written as in {example}</translation>
    </message>
    <message>
        <source>目录包 {number}</source>
        <translation>pack {number}</translation>
    </message>
    <message>
        <source>目录包 {number} 已导入</source>
        <translation>Pack {number} has been imported</translation>
    </message>
    <message>
        <source>目录包 {number} 的内容本窗口都已有</source>
        <translation>This window already has all of pack {number}</translation>
    </message>
    <message>
        <source>签发公钥</source>
        <translation>Signing key</translation>
    </message>
    <message>
        <source>平台下发的政策</source>
        <translation>the policy sent by the platform</translation>
    </message>
    <message>
        <source>目录包的内容不能使用：{place}（{reason}）</source>
        <translation>The pack cannot be used: {place} ({reason})</translation>
    </message>
    <message>
        <source>没有采用其中任何内容，原来的目录照旧；请平台管理员更正后重新下发</source>
        <translation>Nothing in it was taken and the catalogue is as before; ask the platform&apos;s administrator to correct it and send it again</translation>
    </message>
    <message>
        <source>目录包中“{item}”第{version}版与先前下发的内容不同</source>
        <translation>In the pack, version {version} of {item} differs from what was sent before</translation>
    </message>
    <message>
        <source>没有采用其中任何内容：事项的一个版本不能更改。请平台管理员改用新的版本号重新下发</source>
        <translation>Nothing in it was taken: a version of an item cannot change. Ask the platform&apos;s administrator to send it under a new version number</translation>
    </message>
    <message>
        <source>目录包是给大厅{hall}的，不是给本大厅的</source>
        <translation>The pack is for hall {hall}, not for this one</translation>
    </message>
    <message>
        <source>没有采用其中任何内容；请核对拿到的文件</source>
        <translation>Nothing in it was taken; check which file you were given</translation>
    </message>
    <message>
        <source>本窗口没有设置目录包的签发公钥，不能从文件导入</source>
        <translation>No signing key for packs is set at this window, so none can be imported from a file</translation>
    </message>
    <message>
        <source>请管理员先用 yichuang packs trust 设置；联网时平台下发的不受影响</source>
        <translation>Ask the administrator to set it with yichuang packs trust; what the platform sends over the network is not affected</translation>
    </message>
    <message>
        <source>不再受理</source>
        <comment>item</comment>
        <translation>no longer accepted</translation>
    </message>
    <message>
        <source>{item} 第{version}版</source>
        <translation>{item}, version {version}</translation>
    </message>
    <message>
        <source>{year}年工作日历</source>
        <translation>Working calendar of {year}</translation>
    </message>
    <message>
        <source>导入事项目录和工作日历</source>
        <translation>Import catalogue and calendar</translation>
    </message>
    <message>
        <source>这不是平台签发的目录包，或者不完整</source>
        <translation>This is no pack signed by a platform, or it is incomplete</translation>
    </message>
    <message>
        <source>没有采用其中任何内容；请重新拷贝一次，仍不行请平台管理员重新签发</source>
        <translation>Nothing in it was taken; copy it once more, and if that does not help ask the platform&apos;s administrator to sign it again</translation>
    </message>
    <message>
        <source>目录包不是用签发公钥{key}签的，或者被改动过</source>
        <translation>The pack was not signed by the key {key}, or it was altered</translation>
    </message>
    <message>
        <source>没有采用其中任何内容；平台换过签发公钥的，请管理员核对后用 yichuang packs trust 重新设置</source>
        <translation>Nothing in it was taken; if the platform has a new signing key, the administrator should check it and set it with yichuang packs trust</translation>
    </message>
    <message>
        <source>大厅节点连不上平台</source>
        <translation>hall node cannot reach the platform</translation>
    </message>
    <message>
        <source>办件已存在大厅节点，线路恢复后自动上传，窗口照常受理；持续较久请联系大厅管理员</source>
        <translation>Cases are kept at the hall node and go up by themselves when the line is back; go on working, and tell the hall administrator if it lasts</translation>
    </message>
    <message>
        <source>文件 {file} 不能下发：{place}（{reason}）</source>
        <translation>File {file} cannot be sent: {place} ({reason})</translation>
    </message>
    <message>
        <source>{folder} 中没有可下发的内容</source>
        <translation>There is nothing to send in {folder}</translation>
    </message>
    <message>
        <source>请核对目录和 KIND；没有下发任何内容</source>
        <translation>Check the folder and KIND; nothing was sent</translation>
    </message>
    <message>
        <source>已下发 {count} 个目录包，编号 {numbers}</source>
        <translation>Sent {count} pack(s), number {numbers}</translation>
    </message>
    <message>
        <source>{series}  第{first}号至第{last}号</source>
        <translation>{series}  numbers {first} to {last}</translation>
    </message>
    <message>
        <source>已存大厅，平台未通 {time}</source>
        <translation>Kept at the hall, platform out of reach for {time}</translation>
    </message>
    <message>
        <source>目录签发公钥</source>
        <translation>Signing key of packs</translation>
    </message>
    <message>
        <source>平台下发</source>
        <translation>Platform</translation>
    </message>
    <message>
        <source>已清除平台下发的 {count} 项内容</source>
        <translation>Forgot {count} thing(s) that the platform had sent</translation>
    </message>
    <message>
        <source>另编一个办件编号上传，原编号在文书上照旧有效</source>
        <translation>Send it under a second case number; the printed one stays valid on its papers</translation>
    </message>
    <message>
        <source>平台在此编号下是另一台电脑收的办件；本机的办件另编为 {number}，已核对</source>
        <translation>Under this number the platform has a case of another computer; this window&apos;s case is {number} there, and agrees</translation>
    </message>
    <message>
        <source>另编编号</source>
        <translation>Second number</translation>
    </message>
    <message>
        <source>；平台已有（原磁盘）：{serials}</source>
        <translation>; at the platform, from the disk before: {serials}</translation>
    </message>
    <message>
        <source>本窗口换过磁盘或恢复过备份的，登记为“平台已有（原磁盘）”；没有换过的，请先联系系统管理员，可能有两台电脑用着同一窗口编号</source>
        <translation>If this window&apos;s disk was replaced or a backup restored, note them as held by the platform, from the disk before; if not, call the system administrator first: two computers may be using the same window number</translation>
    </message>
    <message>
        <source>平台有本窗口编号的 {count} 件，由原来的磁盘上传，本机没有</source>
        <translation>The platform has {count} cases under this window&apos;s number, sent from the disk before; they are not here</translation>
    </message>
    <message>
        <source>平台原有本件（原磁盘），现在没有；本机也没有</source>
        <translation>The platform had this case from the disk before and has it no more; it is not here either</translation>
    </message>
    <message>
        <source>与上级平台连通</source>
        <translation>the platform above is reached</translation>
    </message>
    <message>
        <source>与上级平台不通</source>
        <translation>the platform above is not reached</translation>
    </message>
    <message>
        <source>还没有与上级平台联系过</source>
        <translation>the platform above was never asked yet</translation>
    </message>
    <message>
        <source>{url}  {line}；待转交 {waiting}，结果待核实 {unknown}，平台未接收 {refused}</source>
        <translation>{url}  {line}; to be passed on {waiting}, outcome not known {unknown}, refused {refused}</translation>
    </message>
    <message>
        <source>最早的一条已等待 {minutes} 分钟</source>
        <translation>the oldest has waited for {minutes} minutes</translation>
    </message>
    <message>
        <source>这里不是大厅节点，没有要向上转交的</source>
        <translation>This is no hall node; there is nothing to pass on</translation>
    </message>
    <message>
        <source>，本机系统是 {here}；文书和期限按窗口设置的时区</source>
        <translation>, this machine has {here}; papers and time limits go by the window&apos;s zone</translation>
    </message>
    <message>
        <source>文件“{name}”超过{limit}MB</source>
        <translation>The file &quot;{name}&quot; is larger than {limit} MB</translation>
    </message>
    <message>
        <source>图片“{name}”只有{width}×{height}像素，看不清内容</source>
        <translation>The picture &quot;{name}&quot; has only {width}×{height} pixels: nobody can read it</translation>
    </message>
    <message>
        <source>可能是图标或缩略图；请用300DPI重新扫描，或请申请人重新提供原图</source>
        <translation>It may be an icon or a thumbnail; scan again at 300 dpi, or ask the applicant for the original</translation>
    </message>
    <message>
        <source>（{time} 核对）</source>
        <translation> (compared at {time})</translation>
    </message>
    <message>
        <source>不等这个文件，以纸质材料为准</source>
        <translation>Do not wait for this file; the paper counts</translation>
    </message>
    <message>
        <source>纸质材料在哪里、由谁核对</source>
        <translation>where the paper is, and who checked it</translation>
    </message>
    <message>
        <source>依据</source>
        <comment>a paper</comment>
        <translation>On what grounds</translation>
    </message>
    <message>
        <source>另编的编号在平台也属于另一办件，改用下一个编号</source>
        <translation>The second number is another case&apos;s at the platform too; the next one is used</translation>
    </message>
    <message>
        <source>本机文件缺失或损坏</source>
        <translation>A file is missing or damaged at this window</translation>
    </message>
    <message>
        <source>隔离该文件；草稿请重新扫描这一页，文书请补打，已受理的办件在“异常办件”中处置</source>
        <translation>Set the file apart; scan the page of a draft again, print a paper again, and settle an accepted case among the exceptions</translation>
    </message>
    <message>
        <source>草稿请重新扫描这一页，文书请补打；已受理的办件请值班长在“异常办件”中处置。同时请系统管理员检查磁盘并查看备份</source>
        <translation>Scan the page of a draft again, print a paper again; the supervisor settles an accepted case among the exceptions. Have the administrator check the disk and look at the backups</translation>
    </message>
    <message>
        <source>这一页没有另存的原图</source>
        <translation>There is no separate original of this page</translation>
    </message>
    <message>
        <source>这一页就是扫描时的样子；不清楚的请重新扫描</source>
        <translation>The page is as it was scanned; scan it again if it is not clear</translation>
    </message>
    <message>
        <source>这不是证件的机读码：{count}行，每行{lengths}个字符</source>
        <translation>This is no machine-readable zone: {count} lines of {lengths} characters</translation>
    </message>
    <message>
        <source>机读码的校验位不符：{field}</source>
        <translation>The check digit of the zone does not agree: {field}</translation>
    </message>
    <message>
        <source>请核对这一项，常见的是O与0、I与1、B与8；仍不符的，请按证件上的文字手工填写并核对原件</source>
        <translation>Check this item, mostly O and 0, I and 1, B and 8; if it still does not agree, fill in what is printed on the document and compare it with the original</translation>
    </message>
    <message>
        <source>机读码中的日期不成立：{field}</source>
        <translation>A date in the zone is none: {field}</translation>
    </message>
    <message>
        <source>请核对证件；日期不成立的，请按证件上的文字手工填写并核对原件</source>
        <translation>Check the document; fill in what is printed on it and compare it with the original</translation>
    </message>
    <message>
        <source>出生日期</source>
        <translation>date of birth</translation>
    </message>
    <message>
        <source>有效期至</source>
        <translation>valid until</translation>
    </message>
    <message>
        <source>个人编号</source>
        <translation>personal number</translation>
    </message>
    <message>
        <source>总校验</source>
        <translation>overall check</translation>
    </message>
    <message>
        <source>不能写在原文件上</source>
        <translation>The original file is not written over</translation>
    </message>
    <message>
        <source>文件“{name}”有{count}页，一个图片文件放不下</source>
        <translation>The file {name} has {count} pages, too many for one picture file</translation>
    </message>
    <message>
        <source>请把输出文件名改为以.pdf结尾</source>
        <translation>Let the name of the output end in .pdf</translation>
    </message>
    <message>
        <source>模糊</source>
        <translation>blurred</translation>
    </message>
    <message>
        <source>太暗</source>
        <translation>too dark</translation>
    </message>
    <message>
        <source>文字被裁断</source>
        <translation>writing cut off</translation>
    </message>
    <message>
        <source>有手指</source>
        <translation>a finger</translation>
    </message>
    <message>
        <source>空白页</source>
        <translation>blank page</translation>
    </message>
    <message>
        <source>已裁边</source>
        <translation>cropped</translation>
    </message>
    <message>
        <source>已纠偏{degrees}°</source>
        <translation>levelled by {degrees}°</translation>
    </message>
    <message>
        <source>用原图</source>
        <translation>Take original</translation>
    </message>
    <message>
        <source>二者取一</source>
        <translation>One of the two</translation>
    </message>
    <message>
        <source>扫描页纠偏裁边</source>
        <translation>Scanned pages levelled and cropped</translation>
    </message>
    <message>
        <source>{device}不能双面扫描</source>
        <translation>{device} cannot scan both sides</translation>
    </message>
    <message>
        <source>请改用单面：先扫正面，再把纸翻过来扫背面；需要双面扫描请联系大厅技术人员</source>
        <translation>Scan one side at a time: the fronts first, then turn the sheets over for the backs. If both sides at once are needed, ask the hall&apos;s technician</translation>
    </message>
    <message>
        <source>双面</source>
        <translation>Both sides</translation>
    </message>
    <message>
        <source>黑白</source>
        <translation>Black and white</translation>
    </message>
    <message>
        <source>公民身份号码</source>
        <translation>Citizen identity number</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>这台电脑没有安装识读组件</source>
        <translation>The component that reads pages is not installed on this computer</translation>
    </message>
    <message>
        <source>识读只是帮助，请对照页面手工录入；需要识读的，请联系技术支持安装</source>
        <translation>Reading is only a help: type from the page by hand; where it is wanted, ask technical support to install it</translation>
    </message>
    <message>
        <source>{device}不存在或不能写入</source>
        <translation>{device} is not there, or cannot be written to</translation>
    </message>
    <message>
        <source>请检查共享文件夹是否连上；仍不能用请联系大厅技术人员，可先按 F5 从文件添加页面</source>
        <translation>Check whether the shared folder is connected. If it still cannot be used, ask the hall&apos;s technician; meanwhile F5 adds pages from files</translation>
    </message>
    <message>
        <source>{device}里没有新的页面</source>
        <translation>No new page in {device}</translation>
    </message>
    <message>
        <source>请先在一体机上扫描，等文件出现在文件夹里后再按扫描；仍没有请检查一体机的保存位置</source>
        <translation>Scan on the all-in-one first, and press scan once its file is in the folder. If none comes, check where the all-in-one saves</translation>
    </message>
    <message>
        <source>文件“{file}”不完整，或不是能收的图片</source>
        <translation>The file {file} is not whole, or no picture that is taken</translation>
    </message>
    <message>
        <source>文件已移到 refused 文件夹，没有删除；此前收到的页都在。请重新扫描这一页，存为 JPEG、PNG 或 TIFF</source>
        <translation>The file was moved to the folder refused, not deleted; the pages before it are there. Scan this page again as JPEG, PNG or TIFF</translation>
    </message>
    <message>
        <source>文件“{file}”与已收的一页完全相同，没有再收</source>
        <translation>The file {file} is exactly a page that was taken already; it was not taken again</translation>
    </message>
    <message>
        <source>文件已移到 refused 文件夹，没有删除；确实需要时请按 F5 从那里添加，然后继续扫描</source>
        <translation>The file was moved to the folder refused, not deleted. If it is needed, add it from there with F5, then scan on</translation>
    </message>
    <message>
        <source>文件“{file}”被其他程序占用，不能读取或移走</source>
        <translation>The file {file} is held by another program and cannot be read or moved</translation>
    </message>
    <message>
        <source>请关闭打开它的程序后再扫；先核对最后一页是否已经收下，免得重复</source>
        <translation>Close the program that has it open, then scan again. First see whether the last page is there already, so that it does not come twice</translation>
    </message>
    <message>
        <source>扫描文件夹</source>
        <translation>scan folder</translation>
    </message>
    <message>
        <source>就绪（文件夹）</source>
        <translation>ready (folder)</translation>
    </message>
    <message>
        <source>图片“{name}”没有整理成</source>
        <translation>The picture {name} was not cleaned</translation>
    </message>
    <message>
        <source>可以照原样收下；每一页都这样的，请系统管理员查看日志</source>
        <translation>It can be taken as it is; if every page is like this, the administrator should look at the log</translation>
    </message>
    <message>
        <source>正面扫了{fronts}页，背面扫了{backs}页，对不上</source>
        <translation>{fronts} fronts and {backs} backs were scanned: they do not match</translation>
    </message>
    <message>
        <source>扫好的页都在，没有排序；请看是否有纸粘在一起或没有进完，再把这一批重新扫描</source>
        <translation>The pages are there, not in order. See whether sheets stuck together or were left in the feeder, then scan this batch again</translation>
    </message>
    <message>
        <source>分隔页“{code}”不是本件的材料</source>
        <translation>The separator sheet {code} is of no material of this case</translation>
    </message>
    <message>
        <source>此前扫好的页都在；请取出这张分隔页，换成本事项的，或选好材料后从它后面的一页起接着扫</source>
        <translation>The pages scanned before are there. Take out this sheet and put in one of this item, or choose the material and scan on from the page behind it</translation>
    </message>
    <message>
        <source>这一页没有识读成</source>
        <translation>This page could not be read</translation>
    </message>
    <message>
        <source>识读只是帮助，请对照页面手工录入；页面和已录入的内容不受影响</source>
        <translation>Reading is only a help: please type from the page; the page and what was typed are not affected</translation>
    </message>
    <message>
        <source>高拍仪</source>
        <translation>document camera</translation>
    </message>
    <message>
        <source>请大厅管理员更正scanner一项：sane后加冒号和设备名，例如sane:pnm:0；网络扫描仪写escl后加冒号和地址，例如escl:http://192.0.2.7/eSCL；一体机存文件的，写folder后加冒号和文件夹；高拍仪写camera后加冒号和序号，例如camera:0；或写simulated，使用模拟扫描仪</source>
        <translation>Ask the hall&apos;s administrator to correct the setting scanner: sane, a colon and the device&apos;s name, e.g. sane:pnm:0; for a network scanner escl, a colon and its address, e.g. escl:http://192.0.2.7/eSCL; where an all-in-one stores files, folder, a colon and the folder; for a document camera camera, a colon and its number, e.g. camera:0; or simulated, for the simulated scanner</translation>
    </message>
    <message>
        <source>{device}没有拍到新的页面</source>
        <translation>The {device} saw no new page</translation>
    </message>
    <message>
        <source>此前拍好的页都在；请把页面平放到镜头下，手离开后稍等；同一页要再拍的，请改用“平板”单张扫描</source>
        <translation>The pages taken before are there. Lay the page flat under the lens, take your hand away and wait a moment; to take the same page again, scan it alone from the glass</translation>
    </message>
    <message>
        <source>“{character}”不能作姓名用字</source>
        <translation>&quot;{character}&quot; cannot stand in a name</translation>
    </message>
    <message>
        <source>请录入证件上印的那个字，或它的编码（如U+9FBB）；打不出的请值班长协助</source>
        <translation>Type the character that is printed on the card, or its code (such as U+9FBB); ask the supervisor where it cannot be typed</translation>
    </message>
    <message>
        <source>请更正该文件，没有下发；窗口政策只能有 idle_lock_minutes、keep_days、card_block_days、upload_kib、paper_block</source>
        <translation>Correct the file; nothing was sent. A policy may have idle_lock_minutes, keep_days, card_block_days, upload_kib and paper_block only</translation>
    </message>
    <message>
        <source>证件芯片原文保留</source>
        <translation>Text of cards kept as read</translation>
    </message>
    <message>
        <source>证件上印的字</source>
        <translation>Character on the card</translation>
    </message>
    <message>
        <source>识读组件</source>
        <translation>Page reader</translation>
    </message>
    <message>
        <source>扫描件上的这一处</source>
        <translation>This place on the scan</translation>
    </message>
    <message>
        <source>与扫描件不同：{text}</source>
        <translation>Differs from the scan: {text}</translation>
    </message>
    <message>
        <source>扫描件：{text}</source>
        <translation>Scan: {text}</translation>
    </message>
    <message>
        <source>与扫描件不同 {count}</source>
        <translation>Differs from scan: {count}</translation>
    </message>
    <message>
        <source>采用</source>
        <translation>Take</translation>
    </message>
    <message>
        <source>这里没有可采用的识读结果</source>
        <translation>Nothing was read that could be taken here</translation>
    </message>
    <message>
        <source>字段下方有“扫描件”一行的才能采用</source>
        <translation>Only where a line &quot;Scan&quot; stands beneath the field</translation>
    </message>
    <message>
        <source>扫描页识读</source>
        <translation>Reading of scanned pages</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>移动</source>
        <translation>Move</translation>
    </message>
    <message>
        <source>翻张</source>
        <translation>Leaf</translation>
    </message>
    <message>
        <source>缩放</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>只取其一</source>
        <translation>Give exactly one of them</translation>
    </message>
    <message>
        <source>可以直接再读一次；多次出现请按Ctrl+F2手工录入，并把日志交给大厅技术人员</source>
        <translation>Just read once more; if this keeps happening, press Ctrl+F2 to type by hand and give the log to the hall&apos;s technician</translation>
    </message>
    <message>
        <source>请过{seconds}秒再读，其间可按Ctrl+F2手工录入；多次出现请重新插拔阅读器，并把日志交给大厅技术人员</source>
        <translation>Read again in {seconds} s; meanwhile press Ctrl+F2 to type by hand. If this keeps happening, unplug the reader, plug it in again and give the log to the hall&apos;s technician</translation>
    </message>
    <message>
        <source>没有找到{device}的驱动库</source>
        <translation>The driver library of the {device} was not found</translation>
    </message>
    <message>
        <source>请大厅管理员安装厂商驱动，并核对设置reader_port中的路径；其间请按Ctrl+F2手工录入</source>
        <translation>Ask the hall&apos;s administrator to install the maker&apos;s driver and to check the path in the setting reader_port; meanwhile press Ctrl+F2 to type by hand</translation>
    </message>
    <message>
        <source>{device}的驱动库是{reason}位的，本程序不能直接使用</source>
        <translation>The driver library of the {device} is of {reason} bits and cannot be used by this program itself</translation>
    </message>
    <message>
        <source>请大厅管理员换用与本程序位数相同的驱动库，或在设置driver_python中指明{reason}位的Python；其间请按Ctrl+F2手工录入</source>
        <translation>Ask the hall&apos;s administrator for a library of the same bits as this program, or to name a {reason}-bit Python in the setting driver_python; meanwhile press Ctrl+F2 to type by hand</translation>
    </message>
    <message>
        <source>{device}的驱动库不能使用（{reason}）</source>
        <translation>The driver library of the {device} cannot be used ({reason})</translation>
    </message>
    <message>
        <source>请大厅管理员核对驱动库是否完整、是否为这种阅读器的；其间请按Ctrl+F2手工录入</source>
        <translation>Ask the hall&apos;s administrator to check whether the library is whole and belongs to this reader; meanwhile press Ctrl+F2 to type by hand</translation>
    </message>
    <message>
        <source>身份证阅读器设置“{address}”的写法不对</source>
        <translation>The ID card reader setting &quot;{address}&quot; is not written right</translation>
    </message>
    <message>
        <source>请大厅管理员更正reader_port一项：串口如COM3；厂商驱动库写sdtapi或termb，加冒号和库的路径，例如sdtapi:C:\sdt\sdtapi.dll?port=1001；USB写usb:；或写simulated，使用模拟阅读器</source>
        <translation>Ask the hall&apos;s administrator to correct reader_port: a serial port such as COM3; for a maker&apos;s library sdtapi or termb, a colon and the path of the library, e.g. sdtapi:C:\sdt\sdtapi.dll?port=1001; usb: for USB; or simulated for the simulated reader</translation>
    </message>
    <message>
        <source>正在读卡</source>
        <translation>Reading a card</translation>
    </message>
    <message>
        <source>姓名来自驱动程序的转换，生僻字可能有误，请对照证件核对</source>
        <translation>The name was converted by the driver and rare characters may be wrong; compare it with the document</translation>
    </message>
    <message>
        <source>驱动程序的Python</source>
        <translation>Python for drivers</translation>
    </message>
    <message>
        <source>非常满意</source>
        <translation>Very satisfied</translation>
    </message>
    <message>
        <source>满意</source>
        <translation>Satisfied</translation>
    </message>
    <message>
        <source>基本满意</source>
        <translation>Fairly satisfied</translation>
    </message>
    <message>
        <source>不满意</source>
        <translation>Dissatisfied</translation>
    </message>
    <message>
        <source>非常不满意</source>
        <translation>Very dissatisfied</translation>
    </message>
    <message>
        <source>评价器</source>
        <translation>Rating box</translation>
    </message>
    <message>
        <source>办件不受影响；请检查评价器的数据线和电源，或请申请人扫码评价，并联系大厅技术人员</source>
        <translation>No case is affected; check the rating box&apos;s cable and power, or let the applicant rate by QR code, and call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>办件不受影响；请关闭占用评价器的程序，或联系大厅技术人员</source>
        <translation>No case is affected; close the program that uses the rating box, or call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>办件不受影响；请联系大厅技术人员给当前用户开通串口权限</source>
        <translation>No case is affected; let the hall&apos;s technician give this user the right to the serial port</translation>
    </message>
    <message>
        <source>{device}没有收下邀请</source>
        <translation>{device} did not take the invitation</translation>
    </message>
    <message>
        <source>办件不受影响；请重新插拔评价器再试，仍不行请联系大厅技术人员</source>
        <translation>No case is affected; unplug the rating box and try again; if it stays so, call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>{device}送来的按键没有读懂</source>
        <translation>A key from {device} was not understood</translation>
    </message>
    <message>
        <source>没有记下评价；请再请申请人按一次，仍读不懂请大厅技术人员核对设置 rating_port 中评价器的类型</source>
        <translation>No rating was kept; ask the applicant to press again; if it stays so, the hall&apos;s technician should check the kind of box in the setting rating_port</translation>
    </message>
    <message>
        <source>不认识评价器的类型“{dialect}”</source>
        <translation>No known kind of rating box: &quot;{dialect}&quot;</translation>
    </message>
    <message>
        <source>请大厅技术人员更正设置 rating_port；可用的类型：{known}</source>
        <translation>The hall&apos;s technician should correct the setting rating_port; known kinds: {known}</translation>
    </message>
    <message>
        <source>模拟评价器只能在Linux上运行；本机请用 simulated</source>
        <translation>The simulated rating box runs on Linux alone; use simulated here</translation>
    </message>
    <message>
        <source>模拟评价器</source>
        <translation>Simulated rating box</translation>
    </message>
    <message>
        <source>没有人按键</source>
        <translation>Nobody pressed a key</translation>
    </message>
    <message>
        <source>模拟签名板</source>
        <translation>Simulated signature pad</translation>
    </message>
    <message>
        <source>请检查签名板的数据线和电源；也可请申请人在纸上签名，并联系大厅技术人员</source>
        <translation>Check the pad&apos;s cable and power; the applicant may also sign on paper; call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>一项材料</source>
        <translation>one material</translation>
    </message>
    <message>
        <source>分隔页</source>
        <translation>separator sheets</translation>
    </message>
    <message>
        <source>T 码分隔</source>
        <translation>patch T sheets</translation>
    </message>
    <message>
        <source>每页一项</source>
        <translation>a material a page</translation>
    </message>
    <message>
        <source>先正后反</source>
        <translation>fronts, then backs</translation>
    </message>
    <message>
        <source>{name} {count} 页</source>
        <translation>{name}: {count} pages</translation>
    </message>
    <message>
        <source>已分到 {count} 项材料</source>
        <translation>Sorted into {count} materials</translation>
    </message>
    <message>
        <source>正面 {count} 页已收；请把整叠纸翻面放回，按 {key} 扫背面</source>
        <translation>{count} fronts are in; turn the whole stack over, put it back and press {key} for the backs</translation>
    </message>
    <message>
        <source>本机没有USB组件libusb，不能使用{device}</source>
        <translation>This computer has no USB component libusb, so the {device} cannot be used</translation>
    </message>
    <message>
        <source>请系统管理员安装libusb-1.0；其间请按Ctrl+F2手工录入</source>
        <translation>Ask the system administrator to install libusb-1.0; meanwhile press Ctrl+F2 to type by hand</translation>
    </message>
    <message>
        <source>本程序没有权限使用USB上的{device}</source>
        <translation>This program may not use the {device} on USB</translation>
    </message>
    <message>
        <source>请联系大厅技术人员给当前用户开通该USB设备的权限（Linux上是udev规则）；可先按Ctrl+F2手工录入</source>
        <translation>Ask the hall&apos;s technician to give this user access to the USB device (on Linux a udev rule); meanwhile press Ctrl+F2 to type by hand</translation>
    </message>
    <message>
        <source>请系统管理员更正设备文件；其余各项照常使用</source>
        <translation>The system administrator should correct the device file; the rest of it counts</translation>
    </message>
    <message>
        <source>没有</source>
        <translation>none</translation>
    </message>
    <message>
        <source>也请核对设置项 {name} 的地址</source>
        <translation>Also check the address of the setting {name}</translation>
    </message>
    <message>
        <source>没有设置{device}</source>
        <translation>No {device} is set up</translation>
    </message>
    <message>
        <source>请在“设置”页登记，或在设备文件 devices.toml 中写明地址</source>
        <translation>Enter it on the page Settings, or give its address in the device file devices.toml</translation>
    </message>
    <message>
        <source>找到 {address}</source>
        <translation>Found {address}</translation>
    </message>
    <message>
        <source>还没有用过</source>
        <translation>not used yet</translation>
    </message>
    <message>
        <source>成功 {count} 次</source>
        <translation>Worked {count} times</translation>
    </message>
    <message>
        <source>最近 {time}</source>
        <translation>last {time}</translation>
    </message>
    <message>
        <source>不是 TOML 格式</source>
        <translation>not TOML</translation>
    </message>
    <message>
        <source>设备文件 {file} 没有用上（{why}）</source>
        <translation>The device file {file} was passed over ({why})</translation>
    </message>
    <message>
        <source>设备文件 {file} 的 {key} 没有用上（{why}）</source>
        <translation>{key} of the device file {file} was passed over ({why})</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>not found</translation>
    </message>
    <message>
        <source>被占用</source>
        <translation>in use</translation>
    </message>
    <message>
        <source>卡纸</source>
        <translation>jammed</translation>
    </message>
    <message>
        <source>没有纸</source>
        <translation>no paper</translation>
    </message>
    <message>
        <source>盖板没有合上</source>
        <translation>cover open</translation>
    </message>
    <message>
        <source>读不出或出错</source>
        <translation>unreadable or failed</translation>
    </message>
    <message>
        <source>没有等到</source>
        <translation>timed out</translation>
    </message>
    <message>
        <source>不支持</source>
        <translation>not supported</translation>
    </message>
    <message>
        <source>厂商的库 {kind}（单独的进程）</source>
        <translation>Maker&apos;s library {kind} (a process of its own)</translation>
    </message>
    <message>
        <source>串口，SAM_V 模块</source>
        <translation>Serial port, SAM_V module</translation>
    </message>
    <message>
        <source>SANE（单独的进程）</source>
        <translation>SANE (a process of its own)</translation>
    </message>
    <message>
        <source>eSCL 网络扫描，不需要驱动程序</source>
        <translation>eSCL over the network, no driver needed</translation>
    </message>
    <message>
        <source>高拍仪（单独的进程）</source>
        <translation>Document camera (a process of its own)</translation>
    </message>
    <message>
        <source>一体机的文件夹</source>
        <translation>Folder of an all-in-one</translation>
    </message>
    <message>
        <source>IPP 网络打印，不需要驱动程序</source>
        <translation>IPP over the network, no driver needed</translation>
    </message>
    <message>
        <source>应选找到的扫描仪，或写 sane:、escl:、folder:、camera: 和它的名称、地址、文件夹、序号</source>
        <translation>must be a scanner found, or sane:, escl:, folder: or camera: and its name, address, folder or number</translation>
    </message>
    <message>
        <source>由设备文件锁定</source>
        <translation>locked by the device file</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>驱动</source>
        <translation>Driver</translation>
    </message>
    <message>
        <source>组件</source>
        <translation>Library</translation>
    </message>
    <message>
        <source>用过</source>
        <translation>Used</translation>
    </message>
    <message>
        <source>最近一次出错</source>
        <translation>Last failure</translation>
    </message>
    <message>
        <source>试扫的一页</source>
        <translation>The page scanned as a test</translation>
    </message>
    <message>
        <source>设备</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>本窗口</source>
        <translation>This window</translation>
    </message>
    <message>
        <source>在用</source>
        <translation>in use</translation>
    </message>
    <message>
        <source>没有用</source>
        <translation>not used</translation>
    </message>
    <message>
        <source>找到的设备</source>
        <translation>Devices found</translation>
    </message>
    <message>
        <source>按“查找设备”查找本机和网络上的设备</source>
        <translation>Find devices looks on this machine and in the network</translation>
    </message>
    <message>
        <source>查找设备</source>
        <translation>Find devices</translation>
    </message>
    <message>
        <source>到设置页更改</source>
        <translation>Change in Settings</translation>
    </message>
    <message>
        <source>找到 {count} 个</source>
        <translation>{count} found</translation>
    </message>
    <message>
        <source>设备文件，已锁定</source>
        <translation>device file, locked</translation>
    </message>
    <message>
        <source>设备文件</source>
        <translation>device file</translation>
    </message>
    <message>
        <source>由设备文件锁定，这里改不了；需要更改请联系系统管理员</source>
        <translation>Locked by the device file and not changed here; ask the system administrator</translation>
    </message>
    <message>
        <source>护照是2行、每行44个字符，卡式证件是3行、每行30个或2行、每行36个字符；请重新扫描，或照证件逐行输入，“&lt;”也要输入</source>
        <translation>A passport has 2 lines of 44 characters, a card 3 of 30 or 2 of 36; scan again, or type it line by line as on the document, each &lt; too</translation>
    </message>
    <message>
        <source>扫描的机读码不完整，没有录入</source>
        <translation>The scanned zone is not whole; nothing was taken over</translation>
    </message>
    <message>
        <source>请把证件资料页放平再扫一次；仍不完整的，请按Ctrl+F2录入并核对证件</source>
        <translation>Lay the data page flat and scan again; if it stays so, press Ctrl+F2, type it in and check it against the document</translation>
    </message>
    <message>
        <source>这件现在不能改，扫描的证件没有录入</source>
        <translation>This case cannot be changed now; the scanned document was not taken over</translation>
    </message>
    <message>
        <source>请在下一位办件打开后再扫一次</source>
        <translation>Scan again once the next case is open</translation>
    </message>
    <message>
        <source>机读码</source>
        <translation>Machine-readable zone</translation>
    </message>
    <message>
        <source>没有收到{device}的机读码</source>
        <translation>No zone came from: {device}</translation>
    </message>
    <message>
        <source>请先按读证件的键，再把证件资料页放到阅读器上；仍收不到请检查数据线，可按Ctrl+F2手工录入</source>
        <translation>Press the key for reading first, then lay the data page on the reader; if nothing comes, check the cable; Ctrl+F2 to type it in</translation>
    </message>
    <message>
        <source>证件的机读码没有读准</source>
        <translation>The zone of the document was not read right</translation>
    </message>
    <message>
        <source>请把证件资料页压平再读；多次出现请按Ctrl+F2手工录入，逐项核对证件</source>
        <translation>Press the data page flat and read again; if it stays so, press Ctrl+F2, type it in and check each item against the document</translation>
    </message>
    <message>
        <source>护照阅读器</source>
        <translation>Passport reader</translation>
    </message>
    <message>
        <source>收到“{grade}”</source>
        <translation>Heard: {grade}</translation>
    </message>
    <message>
        <source>没有人按键，评价器有应答</source>
        <translation>Nobody pressed a key; the rating box answers</translation>
    </message>
    <message>
        <source>名称重复</source>
        <translation>the name is taken</translation>
    </message>
    <message>
        <source>USB，SAM_V 模块（单独的进程）</source>
        <translation>USB, SAM_V module (a process of its own)</translation>
    </message>
    <message>
        <source>串口，帧格式 {dialect}</source>
        <translation>Serial port, frames {dialect}</translation>
    </message>
    <message>
        <source>试按</source>
        <translation>Try keys</translation>
    </message>
    <message>
        <source>证件照片解码库</source>
        <translation>Decoder of document photos</translation>
    </message>
    <message>
        <source>证件照片不能显示</source>
        <translation>Photos of documents cannot be shown</translation>
    </message>
    <message>
        <source>读卡不受影响；请大厅管理员核对设置photo_library中的解码库</source>
        <translation>Reading cards is not affected; ask the hall&apos;s administrator to check the decoder in the setting photo_library</translation>
    </message>
    <message>
        <source>证件照片</source>
        <translation>Photo of the document</translation>
    </message>
    <message>
        <source>没有证件照片</source>
        <translation>No photo of the document</translation>
    </message>
    <message>
        <source>裁切框</source>
        <translation>cutting frame</translation>
    </message>
    <message>
        <source>正在裁切页面</source>
        <translation>Cutting the page</translation>
    </message>
    <message>
        <source>正在旋转页面</source>
        <translation>Turning the page</translation>
    </message>
    <message>
        <source>已旋转{degrees}°</source>
        <translation>turned {degrees}°</translation>
    </message>
    <message>
        <source>旋转</source>
        <translation>Turn</translation>
    </message>
    <message>
        <source>裁边</source>
        <translation>Cut</translation>
    </message>
    <message>
        <source>换材料</source>
        <translation>Other material</translation>
    </message>
    <message>
        <source>方向键把边往里移，Shift 往外，Ctrl 细移，也可拖动边框；Enter 裁切，Esc 退出</source>
        <translation>Arrows move an edge inwards, with Shift outwards, with Ctrl a little; or drag an edge. Enter cuts, Esc leaves</translation>
    </message>
    <message>
        <source>证件上是“{word}”</source>
        <translation>The card says &quot;{word}&quot;</translation>
    </message>
    <message>
        <source>去掉了 {count} 张空白页</source>
        <translation>{count} blank pages left out</translation>
    </message>
    <message>
        <source>需要时按 {there} 到页面栏，再按 {key} 找回</source>
        <translation>To get them back press {there} for the pages, then {key}</translation>
    </message>
    <message>
        <source>请把整叠纸翻面放回进纸器，然后按 Enter</source>
        <translation>Turn the whole stack over, put it back into the feeder and press Enter</translation>
    </message>
    <message>
        <source>平台没有认出这个亮证码</source>
        <translation>The platform does not know this code</translation>
    </message>
    <message>
        <source>亮证码几分钟内有效：请申请人重新出示后再扫；仍不行请读身份证，或按Ctrl+F2录入</source>
        <translation>Such a code is good for minutes: ask for it to be shown again and scan it; otherwise read the card, or type it in with Ctrl+F2</translation>
    </message>
    <message>
        <source>没有这个亮证码，或者它已失效</source>
        <translation>There is no such code, or it is no longer good</translation>
    </message>
    <message>
        <source>正在向平台查询亮证码</source>
        <translation>Asking the platform about the shown code</translation>
    </message>
    <message>
        <source>亮证码</source>
        <translation>Shown code</translation>
    </message>
    <message>
        <source>USB上的身份证阅读器</source>
        <translation>ID card reader on USB</translation>
    </message>
    <message>
        <source>文件“{name}”是电子文件，不能改动</source>
        <translation>The file {name} is an electronic one: it cannot be changed</translation>
    </message>
    <message>
        <source>电子文件按原样收下；需要改动的，请打印后扫描</source>
        <translation>Electronic files are taken as they are; what has to be changed is printed and scanned</translation>
    </message>
    <message>
        <source>正在注明用途</source>
        <translation>Writing what it is for</translation>
    </message>
    <message>
        <source>正在合并两面</source>
        <translation>Joining both sides</translation>
    </message>
    <message>
        <source>已注明用途</source>
        <translation>purpose written</translation>
    </message>
    <message>
        <source>注明用途</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <source>两面合一</source>
        <translation>Two sides on one</translation>
    </message>
    <message>
        <source>串口，护照机读码阅读器</source>
        <translation>Serial port, passport reader</translation>
    </message>
    <message>
        <source>请检查{device}的电源和数据线，重新插拔后再扫；仍找不到请联系大厅技术人员，可先用其他窗口的扫描仪</source>
        <translation>Check power and cable of the {device}, plug it in again and scan; if it stays so, call the hall&apos;s technician and use another window&apos;s scanner</translation>
    </message>
    <message>
        <source>高拍</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>试拍</source>
        <translation>Take a page</translation>
    </message>
    <message>
        <source>PC/SC智能卡</source>
        <translation>PC/SC smart card</translation>
    </message>
    <message>
        <source>SKF接口</source>
        <translation>SKF interface</translation>
    </message>
    <message>
        <source>结构</source>
        <translation>Structure</translation>
    </message>
    <message>
        <source>制章人签名</source>
        <translation>Signature of the seal&apos;s maker</translation>
    </message>
    <message>
        <source>印章有效期</source>
        <translation>Validity of the seal</translation>
    </message>
    <message>
        <source>印章与签章人</source>
        <translation>Seal and signer</translation>
    </message>
    <message>
        <source>文件未改动</source>
        <translation>Document unchanged</translation>
    </message>
    <message>
        <source>签章人签名</source>
        <translation>Signature of the signer</translation>
    </message>
    <message>
        <source>签章人证书有效期</source>
        <translation>Validity of the signer&apos;s certificate</translation>
    </message>
    <message>
        <source>证书信任链</source>
        <translation>Chain of trust</translation>
    </message>
    <message>
        <source>公钥不在SM2曲线上</source>
        <translation>The public key is no point of the SM2 curve</translation>
    </message>
    <message>
        <source>证书或印章文件可能损坏，请重新取得该文件；仍然如此请联系签发机构</source>
        <translation>The certificate or the seal file may be damaged; obtain it again, and if it stays so ask whoever issued it</translation>
    </message>
    <message>
        <source>这不是可以读取的证书（{reason}）</source>
        <translation>This is no certificate that can be read ({reason})</translation>
    </message>
    <message>
        <source>请重新导出DER或PEM格式的证书；仍然如此请联系签发机构</source>
        <translation>Export the certificate again, as DER or PEM; if it stays so ask whoever issued it</translation>
    </message>
    <message>
        <source>证书使用的算法{algorithm}不受支持</source>
        <translation>The certificate&apos;s algorithm {algorithm} is not supported</translation>
    </message>
    <message>
        <source>本程序支持SM2、ECDSA（P-256、P-384）和RSA；请联系签发机构更换证书</source>
        <translation>SM2, ECDSA (P-256, P-384) and RSA are supported; ask whoever issued it for another certificate</translation>
    </message>
    <message>
        <source>没有给出密码钥匙的口令</source>
        <translation>No PIN of the seal key was given</translation>
    </message>
    <message>
        <source>读不到要签名的文件{file}</source>
        <translation>The file to be signed, {file}, cannot be read</translation>
    </message>
    <message>
        <source>请核对路径和读取权限</source>
        <translation>Check the path and who may read it</translation>
    </message>
    <message>
        <source>签名没有写成文件{file}</source>
        <translation>The signature was not written to {file}</translation>
    </message>
    <message>
        <source>请核对目录和磁盘空间后再签一次</source>
        <translation>Check the folder and the disk space, then sign again</translation>
    </message>
    <message>
        <source>已签名并核验：{holder}，{algorithm}，{size} 字节</source>
        <translation>Signed and verified: {holder}, {algorithm}, {size} bytes</translation>
    </message>
    <message>
        <source>密码钥匙口令：</source>
        <comment>prompt</comment>
        <translation>PIN of the seal key: </translation>
    </message>
    <message>
        <source>，口令剩余 {count} 次</source>
        <translation>, {count} PIN tries left</translation>
    </message>
    <message>
        <source>{algorithm}，有效期至 {day}</source>
        <translation>{algorithm}, valid until {day}</translation>
    </message>
    <message>
        <source>请插入智能密码钥匙后再试；仍找不到请更换USB接口，并联系大厅技术人员</source>
        <translation>Plug in the seal key and try again; if it is still not found use another USB port and call the hall&apos;s technicians</translation>
    </message>
    <message>
        <source>{device}在使用中被拔出</source>
        <translation>{device} was pulled out while in use</translation>
    </message>
    <message>
        <source>没有签出任何内容；请插回后再做一次，完成前不要拔出</source>
        <translation>Nothing was signed; plug it in again, repeat the step, and leave it in until it is done</translation>
    </message>
    <message>
        <source>口令不对，还可以试{tries}次</source>
        <translation>Wrong PIN; tries left: {tries}</translation>
    </message>
    <message>
        <source>请核对后再输；剩最后一次时请先联系钥匙的管理人，以免锁死</source>
        <translation>Check it and type it again; before the last try ask the key&apos;s keeper, or it may be locked</translation>
    </message>
    <message>
        <source>{device}的口令已锁死</source>
        <translation>The PIN of {device} is locked</translation>
    </message>
    <message>
        <source>请带上钥匙找签发机构或钥匙的管理人解锁；解锁前可出具接收凭证，或者加盖实体印章并登记</source>
        <translation>Take the key to whoever issued or keeps it to have it unlocked; until then issue a receiving slip, or use the wet seal and enter it in the ledger</translation>
    </message>
    <message>
        <source>口令不对</source>
        <translation>Wrong PIN</translation>
    </message>
    <message>
        <source>请核对后再输；{device}不告知剩余次数，多次输错可能锁死</source>
        <translation>Check it and type it again; {device} does not tell how many tries are left, and several wrong ones may lock it</translation>
    </message>
    <message>
        <source>口令的长度或字符不对</source>
        <translation>The PIN has a wrong length or wrong characters</translation>
    </message>
    <message>
        <source>请核对后再输；这一次没有送到{device}，不计次数</source>
        <translation>Check it and type it again; it was not sent to {device} and does not count</translation>
    </message>
    <message>
        <source>{device}给出的签名经核验不对</source>
        <translation>The signature given by {device} does not verify</translation>
    </message>
    <message>
        <source>没有用印；请重新插拔钥匙再做一次，仍不对请把钥匙的型号和驱动版本告知大厅技术人员（可能对摘要重复做了杂凑）</source>
        <translation>Nothing was sealed; pull the key out and in and repeat, and if it stays so tell the hall&apos;s technicians its model and driver version (it may hash the digest twice)</translation>
    </message>
    <message>
        <source>{device}中没有这张证书</source>
        <translation>{device} does not hold this certificate</translation>
    </message>
    <message>
        <source>钥匙可能换过；请重新选择钥匙和证书</source>
        <translation>The key may have been changed; choose key and certificate again</translation>
    </message>
    <message>
        <source>不认识密码钥匙的地址{address}</source>
        <translation>Unknown address of a seal key: {address}</translation>
    </message>
    <message>
        <source>模拟密码钥匙</source>
        <translation>Simulated seal key</translation>
    </message>
    <message>
        <source>没有插入</source>
        <translation>Not plugged in</translation>
    </message>
    <message>
        <source>请插入智能密码钥匙</source>
        <translation>Plug in the seal key</translation>
    </message>
    <message>
        <source>密码钥匙</source>
        <translation>Seal key</translation>
    </message>
    <message>
        <source>可用的写法：{known}；几个之间用分号隔开，请大厅管理员更正</source>
        <translation>Known are {known}; several are parted by semicolons. Ask the hall administrator to correct it</translation>
    </message>
    <message>
        <source>设备文件锁定</source>
        <translation>Locked by the device file</translation>
    </message>
    <message>
        <source>环境变量决定</source>
        <translation>Set by the environment</translation>
    </message>
    <message>
        <source>本窗口正在用它</source>
        <translation>This window is using it</translation>
    </message>
    <message>
        <source>采用后写进本窗口的设置，并马上试一次</source>
        <translation>Taking it writes it into this window&apos;s settings and tries it at once</translation>
    </message>
    <message>
        <source>正在换用设备</source>
        <translation>Changing the device</translation>
    </message>
    <message>
        <source>已采用{device}</source>
        <translation>{device} taken over</translation>
    </message>
    <message>
        <source>从现在起使用；正在办的件和排着的打印不受影响</source>
        <translation>In use from now on; cases at work and prints in the queue are not affected</translation>
    </message>
    <message>
        <source>这里可以试；办件时下次打开窗口起使用</source>
        <translation>It can be tried here; the counter uses it from the next opening of the window</translation>
    </message>
    <message>
        <source>正在采用…</source>
        <translation>Taking it over…</translation>
    </message>
    <message>
        <source>应选找到的高拍仪，或写 camera: 和它的序号</source>
        <translation>Choose a document camera that was found, or write camera: and its number</translation>
    </message>
    <message>
        <source>应写串口和帧格式，如 COM5?digit-from-best</source>
        <translation>Write its serial port and its frames, such as COM5?digit-from-best</translation>
    </message>
    <message>
        <source>如 COM5?digit-from-best</source>
        <translation>such as COM5?digit-from-best</translation>
    </message>
    <message>
        <source>设备文件给出的地址；可以另选</source>
        <translation>The device file&apos;s address; another may be chosen</translation>
    </message>
    <message>
        <source>厂商驱动</source>
        <translation>Makers&apos; drivers</translation>
    </message>
    <message>
        <source>厂商的库是 32 位时，填写 32 位 Python 的路径</source>
        <translation>Path of a 32-bit Python, where the maker&apos;s library is 32-bit</translation>
    </message>
    <message>
        <source>厂商解码库的路径</source>
        <translation>Path of the maker&apos;s decoder</translation>
    </message>
    <message>
        <source>没有厂商的库时空着；照片解码库空着时，证件照片处显示轮廓</source>
        <translation>Empty where there is no maker&apos;s library; without a decoder a silhouette stands for the photo of a card</translation>
    </message>
    <message>
        <source>信任链止于{name}</source>
        <translation>The chain ends at {name}, which is trusted</translation>
    </message>
    <message>
        <source>签发者{name}不在本机信任的证书之列</source>
        <translation>Its issuer {name} is not among the certificates trusted here</translation>
    </message>
    <message>
        <source>证书上的签名与本机信任的{name}的密钥不符</source>
        <translation>The signature on the certificate is not by the key of {name} that is trusted here</translation>
    </message>
    <message>
        <source>{name}的证书不得签发证书</source>
        <translation>The certificate of {name} may not issue certificates</translation>
    </message>
    <message>
        <source>{name}之下的签发层级超过其限制</source>
        <translation>More authorities stand below {name} than it allows</translation>
    </message>
    <message>
        <source>签发者{name}的证书当时不在有效期内</source>
        <translation>The certificate of its issuer {name} was not valid at that time</translation>
    </message>
    <message>
        <source>证书已于{day}被{name}吊销</source>
        <translation>The certificate was revoked on {day} by {name}</translation>
    </message>
    <message>
        <source>没有吊销列表可供核对</source>
        <translation>There was no revocation list to look it up in</translation>
    </message>
    <message>
        <source>已核对{day}的吊销列表</source>
        <translation>It was looked up in the revocation list of {day}</translation>
    </message>
    <message>
        <source>这不是可以读取的证书吊销列表（{reason}）</source>
        <translation>This is no revocation list that can be read ({reason})</translation>
    </message>
    <message>
        <source>请重新下载DER或PEM格式的吊销列表；仍然如此请联系签发机构</source>
        <translation>Download the list again as DER or PEM; if it stays so, ask the authority that issued it</translation>
    </message>
    <message>
        <source>这不是可以读取的电子印章或签章（{place}）</source>
        <translation>This is no electronic seal or signature that can be read ({place})</translation>
    </message>
    <message>
        <source>文件可能损坏或不完整，请重新取得；仍然如此请联系制章单位</source>
        <translation>The file may be damaged or incomplete: get it again; if it stays so, ask whoever made the seal</translation>
    </message>
    <message>
        <source>电子印章或签章超过{most}MB，没有读取</source>
        <translation>The seal or signature is larger than {most} MB and was not read</translation>
    </message>
    <message>
        <source>请核对文件是否正确；确实这样大的印章，请联系制章单位缩小印模图片</source>
        <translation>Check that it is the right file; if the seal is that large, ask its maker for a smaller picture</translation>
    </message>
    <message>
        <source>电子印章的版本{version}不受支持</source>
        <translation>Version {version} of electronic seals is not supported</translation>
    </message>
    <message>
        <source>本程序读取GM/T 0031—2014（第1版）、GB/T 38540—2020（第4版）和GM/T 0031—2025（第5版）；请联系制章单位</source>
        <translation>This program reads GM/T 0031-2014 (version 1), GB/T 38540-2020 (version 4) and GM/T 0031-2025 (version 5); ask whoever made the seal</translation>
    </message>
    <message>
        <source>这不是电子印章、电子签章，也不是可以核验的PDF或OFD文件</source>
        <translation>This is neither a seal nor a signature, nor a PDF or OFD that can be verified</translation>
    </message>
    <message>
        <source>请选择.esl印章、签章数据、PDF或OFD文件；文件可能损坏的，请重新取得</source>
        <translation>Choose a seal (.esl), a signature, a PDF or an OFD; if the file may be damaged, get it again</translation>
    </message>
    <message>
        <source>制章人证书</source>
        <translation>Certificate of the seal&apos;s maker</translation>
    </message>
    <message>
        <source>签章人证书</source>
        <translation>Certificate of the signer</translation>
    </message>
    <message>
        <source>相符</source>
        <translation>It is right</translation>
    </message>
    <message>
        <source>核验时</source>
        <translation>At the time of verifying</translation>
    </message>
    <message>
        <source>签章时</source>
        <translation>At the time of signing</translation>
    </message>
    <message>
        <source>印章头标识不是ES</source>
        <translation>The seal&apos;s header does not say ES</translation>
    </message>
    <message>
        <source>印章有效期的起止颠倒</source>
        <translation>The seal&apos;s time ends before it begins</translation>
    </message>
    <message>
        <source>签名算法{algorithm}不受支持</source>
        <translation>The algorithm {algorithm} of a signature is not supported</translation>
    </message>
    <message>
        <source>签章的版本{version}与印章的版本{seal}不一致</source>
        <translation>The signature says version {version}, its seal version {seal}</translation>
    </message>
    <message>
        <source>第{version}版，完整</source>
        <translation>Version {version}, whole</translation>
    </message>
    <message>
        <source>制章人签名与印章内容不符，印章不是该制章人制作的或被改动过</source>
        <translation>The maker&apos;s signature does not fit the seal: this maker did not make it, or it was altered</translation>
    </message>
    <message>
        <source>{when}印章尚未生效，{day}起有效</source>
        <translation>{when} the seal was not in force yet; it is from {day}</translation>
    </message>
    <message>
        <source>{when}印章已过期，有效期至{day}</source>
        <translation>{when} the seal had expired; it was valid until {day}</translation>
    </message>
    <message>
        <source>签章人证书不在印章的证书列表中，无权使用该印章</source>
        <translation>The signer&apos;s certificate is not on the seal&apos;s list: its holder may not use this seal</translation>
    </message>
    <message>
        <source>签章人证书在印章的证书列表中</source>
        <translation>The signer&apos;s certificate is on the seal&apos;s list</translation>
    </message>
    <message>
        <source>文件内容与签章时不同，签章后被改动过，或不是签章的那份文件</source>
        <translation>The document is not what was signed: it was altered afterwards, or it is another one</translation>
    </message>
    <message>
        <source>文件内容与签章时相同</source>
        <translation>The document is what was signed</translation>
    </message>
    <message>
        <source>签章人签名与签章内容不符，签章不是该证书的密钥所作或被改动过</source>
        <translation>The signer&apos;s signature does not fit: the certificate&apos;s key did not make it, or it was altered</translation>
    </message>
    <message>
        <source>签章时间{day}晚于核验时间，请核对本机时钟</source>
        <translation>It says it was signed at {day}, later than the time of verifying; check this machine&apos;s clock</translation>
    </message>
    <message>
        <source>签章时证书尚未生效，{day}起有效</source>
        <translation>When it was signed the certificate was not valid yet; it is from {day}</translation>
    </message>
    <message>
        <source>签章时证书已过期，有效期至{day}</source>
        <translation>When it was signed the certificate had expired; it was valid until {day}</translation>
    </message>
    <message>
        <source>签章于{day}</source>
        <translation>Signed at {day}</translation>
    </message>
    <message>
        <source>证书的密钥用途不含签名</source>
        <translation>The certificate&apos;s key is not for signing</translation>
    </message>
    <message>
        <source>制作印章时证书不在有效期内</source>
        <translation>The certificate was not valid when the seal was made</translation>
    </message>
    <message>
        <source>没有插入密码钥匙</source>
        <translation>No seal key is plugged in</translation>
    </message>
    <message>
        <source>插入 {count} 把：{holders}</source>
        <translation>Plugged in: {count}, of {holders}</translation>
    </message>
    <message>
        <source>没有可签名的证书</source>
        <translation>no certificate that may sign</translation>
    </message>
    <message>
        <source>没有写明印章{seal}是哪个机关的</source>
        <translation>Whose seal {seal} is was not said</translation>
    </message>
    <message>
        <source>印章授权的证书中没有目录内机关的统一社会信用代码，请用 --organ 写明；可用的机关：{known}</source>
        <translation>The certificates it is bound to name no organ of the catalogue; say it by --organ. Organs: {known}</translation>
    </message>
    <message>
        <source>事项目录中没有代码为{organ}的机关</source>
        <translation>The catalogue has no organ with the code {organ}</translation>
    </message>
    <message>
        <source>请核对代码；可用的机关：{known}</source>
        <translation>Check the code. Organs: {known}</translation>
    </message>
    <message>
        <source>没有这枚电子印章</source>
        <translation>There is no such seal</translation>
    </message>
    <message>
        <source>请用 yichuang seals list 核对机关代码和印章编号</source>
        <translation>Check the organ&apos;s code and the seal&apos;s id by yichuang seals list</translation>
    </message>
    <message>
        <source>本机时间与平台相差{minutes}分钟，不能用印</source>
        <translation>This computer&apos;s clock is {minutes} minutes away from the platform&apos;s; nothing can be sealed</translation>
    </message>
    <message>
        <source>请大厅技术人员校准本机时间，待“同步”页核对过时间后再用印；急用时可加盖实体印章并登记</source>
        <translation>Have the hall&apos;s technicians set the clock, and seal once the page Sync has compared it; if it is urgent use the wet seal and enter it in the ledger</translation>
    </message>
    <message>
        <source>本机时间早于文书出具的时间，不能用印</source>
        <translation>This computer&apos;s clock is before the time the paper was issued; nothing can be sealed</translation>
    </message>
    <message>
        <source>请大厅技术人员校准本机时间后再用印；急用时可加盖实体印章并登记</source>
        <translation>Have the hall&apos;s technicians set the clock before sealing; if it is urgent use the wet seal and enter it in the ledger</translation>
    </message>
    <message>
        <source>这把密码钥匙是{holder}的，文书要用{organ}的印章</source>
        <translation>This key is {holder}&apos;s; the paper needs the seal of {organ}</translation>
    </message>
    <message>
        <source>请换用{organ}的密码钥匙；没有时可出具接收凭证，或者加盖实体印章并登记</source>
        <translation>Use the key of {organ}; without it issue a receiving slip, or use the wet seal and enter it in the ledger</translation>
    </message>
    <message>
        <source>密码钥匙的证书不在有效期内（{begins}至{ends}）</source>
        <translation>The key&apos;s certificate is not in force (from {begins} to {ends})</translation>
    </message>
    <message>
        <source>请联系签发机构换发证书，并核对本机日期；在此之前可出具接收凭证，或者加盖实体印章并登记</source>
        <translation>Have it renewed by whoever issued it, and check the date of this computer; until then issue a receiving slip, or use the wet seal and enter it in the ledger</translation>
    </message>
    <message>
        <source>电子印章{seal}不在有效期内（{begins}至{ends}）</source>
        <translation>The electronic seal {seal} is not in force (from {begins} to {ends})</translation>
    </message>
    <message>
        <source>请联系电子印章系统的管理人换发印章，并核对本机日期；在此之前可出具接收凭证，或者加盖实体印章并登记</source>
        <translation>Have it renewed by the keeper of the seal system, and check the date of this computer; until then issue a receiving slip, or use the wet seal and enter it in the ledger</translation>
    </message>
    <message>
        <source>没有{organ}的电子印章</source>
        <translation>There is no electronic seal of {organ}</translation>
    </message>
    <message>
        <source>钥匙里没有印章文件的，请大厅管理员导入（yichuang seals add）；在此之前可出具接收凭证，或者加盖实体印章并登记</source>
        <translation>If the key carries none, ask the hall administrator to bring it in (yichuang seals add); until then issue a receiving slip, or use the wet seal and enter it in the ledger</translation>
    </message>
    <message>
        <source>电子印章{seal}没有授权这把密码钥匙的证书</source>
        <translation>The electronic seal {seal} is not bound to the certificate of this key</translation>
    </message>
    <message>
        <source>请换用印章所授权的钥匙，或者请电子印章系统的管理人重新制章</source>
        <translation>Use the key it is bound to, or ask the keeper of the seal system to have the seal made anew</translation>
    </message>
    <message>
        <source>没有插入{organ}的密码钥匙</source>
        <translation>The key of {organ} is not plugged in</translation>
    </message>
    <message>
        <source>请插入密码钥匙后再用印；没有时可出具接收凭证，或者加盖实体印章并登记</source>
        <translation>Plug in the key before sealing; without it issue a receiving slip, or use the wet seal and enter it in the ledger</translation>
    </message>
    <message>
        <source>导入和停用电子印章</source>
        <translation>Bring in and withdraw electronic seals</translation>
    </message>
    <message>
        <source>查看证书</source>
        <translation>Show certificates</translation>
    </message>
    <message>
        <source>拔出密码钥匙时锁定</source>
        <translation>Lock when the seal key is pulled out</translation>
    </message>
    <message>
        <source>没有签出任何内容，可以直接再做一次；多次出现请把日志交给大厅技术人员</source>
        <translation>Nothing was signed; it may be done again at once. If this happens repeatedly, give the log to the hall&apos;s technician</translation>
    </message>
    <message>
        <source>{device}的驱动程序给出的数据不对</source>
        <translation>The driver of {device} gave wrong data</translation>
    </message>
    <message>
        <source>请重新插拔钥匙后再试；多次出现请把钥匙的型号和驱动版本告知大厅技术人员</source>
        <translation>Unplug the key, plug it in again and retry; if this happens repeatedly, tell the hall&apos;s technician the model of the key and the version of its driver</translation>
    </message>
    <message>
        <source>没有签出任何内容；请重新插拔钥匙后再试，仍无应答请联系大厅技术人员</source>
        <translation>Nothing was signed; unplug the key, plug it in again and retry. If there is still no answer, contact the hall&apos;s technician</translation>
    </message>
    <message>
        <source>请过{seconds}秒再试；多次出现请重新插拔钥匙，并把日志交给大厅技术人员</source>
        <translation>Retry in {seconds} seconds; if this happens repeatedly, unplug the key, plug it in again, and give the log to the hall&apos;s technician</translation>
    </message>
    <message>
        <source>请大厅管理员安装厂商驱动，并核对设置seal_key中的路径</source>
        <translation>Ask the hall&apos;s administrator to install the maker&apos;s driver and to check the path in the setting seal_key</translation>
    </message>
    <message>
        <source>请大厅管理员换用与本程序位数相同的驱动库，或在设置driver_python中指明{reason}位的Python</source>
        <translation>Ask the hall&apos;s administrator for a library with as many bits as this program, or to name a {reason}-bit Python in the setting driver_python</translation>
    </message>
    <message>
        <source>请大厅管理员核对驱动库是否完整、是否提供SKF接口（GM/T 0016）</source>
        <translation>Ask the hall&apos;s administrator to check that the library is complete and offers the SKF interface (GM/T 0016)</translation>
    </message>
    <message>
        <source>{device}不能完成这个操作（{step}，状态{status}）</source>
        <translation>{device} cannot do this ({step}, status {status})</translation>
    </message>
    <message>
        <source>没有签出任何内容；请重新插拔钥匙后再试，再次出现请把步骤和状态告知大厅技术人员</source>
        <translation>Nothing was signed; unplug the key, plug it in again and retry. If this happens again, tell the hall&apos;s technician the step and the status</translation>
    </message>
    <message>
        <source>请关闭正在使用钥匙的其他程序后再试，或联系大厅技术人员</source>
        <translation>Close the other program that uses the key and retry, or contact the hall&apos;s technician</translation>
    </message>
    <message>
        <source>{device}的用户口令还没有设置</source>
        <translation>{device} has no user PIN yet</translation>
    </message>
    <message>
        <source>请联系钥匙的管理人或签发机构完成初始化</source>
        <translation>Ask whoever manages the key, or its issuer, to initialise it</translation>
    </message>
    <message>
        <source>{device}不接受这样的口令，长度或字符不对</source>
        <translation>{device} takes no such PIN: its length or characters are wrong</translation>
    </message>
    <message>
        <source>请核对后再输；这一次可能已经计入错误次数</source>
        <translation>Check it and enter it again; this may have counted as a wrong one</translation>
    </message>
    <message>
        <source>正在查找</source>
        <translation>Looking</translation>
    </message>
    <message>
        <source>请稍候</source>
        <translation>One moment</translation>
    </message>
    <message>
        <source>超过 64 KB</source>
        <translation>over 64 KB</translation>
    </message>
    <message>
        <source>签名数据不是本程序能读的CMS签名</source>
        <translation>The signature is no CMS signature that can be read here</translation>
    </message>
    <message>
        <source>CMS签名，{name}</source>
        <translation>CMS signature, {name}</translation>
    </message>
    <message>
        <source>文件内容与签名时相同</source>
        <translation>The document is as it was when it was signed</translation>
    </message>
    <message>
        <source>文件内容与签名时不同，签名后被改动过</source>
        <translation>The document is not as it was when it was signed; it was changed since</translation>
    </message>
    <message>
        <source>签名与证书的密钥不符，或被改动过</source>
        <translation>The signature is not that of the certificate&apos;s key, or was changed</translation>
    </message>
    <message>
        <source>证书有效期{begins}至{ends}</source>
        <translation>Certificate in force from {begins} to {ends}</translation>
    </message>
    <message>
        <source>，签名时间不在其中或晚于核验时间</source>
        <translation>; it was signed outside of that time, or after the time of this check</translation>
    </message>
    <message>
        <source>这不是可以读取的PDF文件（{reason}）</source>
        <translation>This is no PDF that can be read ({reason})</translation>
    </message>
    <message>
        <source>文件可能损坏或不完整，请重新取得；加密的PDF请先去除密码</source>
        <translation>It may be damaged or incomplete; obtain it again. Of an encrypted PDF take the password away first</translation>
    </message>
    <message>
        <source>没有找到文书上盖章的位置</source>
        <translation>The place for the seal was not found on the paper</translation>
    </message>
    <message>
        <source>请核对文书末页有机关名称和日期；自制的模板请联系大厅技术人员。可先加盖实体印章并登记</source>
        <translation>Check that its last page has the organ&apos;s name and the date; of a template of the hall&apos;s own ask the technicians. The wet seal may be used and entered in the ledger</translation>
    </message>
    <message>
        <source>印模图片（{type}）不能画到文书上</source>
        <translation>The picture of the seal ({type}) cannot be drawn on the paper</translation>
    </message>
    <message>
        <source>本程序能用PNG、JPG、BMP和GIF的印模；请联系制章单位换发，在此之前可加盖实体印章并登记</source>
        <translation>PNG, JPG, BMP and GIF can be drawn; ask the seal&apos;s maker for another, and use the wet seal with its entry until then</translation>
    </message>
    <message>
        <source>印章没有授权这张证书</source>
        <translation>The seal is not bound to this certificate</translation>
    </message>
    <message>
        <source>请换用印章所授权的密码钥匙，或者联系电子印章系统的管理人重新制章</source>
        <translation>Use the key it is bound to, or ask the keeper of the seal system to have it made anew</translation>
    </message>
    <message>
        <source>印章不在有效期内</source>
        <translation>The seal is not in force</translation>
    </message>
    <message>
        <source>请换发印章，并核对本机日期；在此之前可加盖实体印章并登记</source>
        <translation>Have the seal renewed, and check the date of this computer; use the wet seal with its entry until then</translation>
    </message>
    <message>
        <source>证书不在有效期内</source>
        <translation>The certificate is not in force</translation>
    </message>
    <message>
        <source>请换发证书，并核对本机日期；在此之前可加盖实体印章并登记</source>
        <translation>Have the certificate renewed, and check the date of this computer; use the wet seal with its entry until then</translation>
    </message>
    <message>
        <source>文书上已有这枚印章</source>
        <translation>The paper bears this seal already</translation>
    </message>
    <message>
        <source>不需要再盖；请在验章页核验这份文书</source>
        <translation>It needs no second; check the paper on the page for seals</translation>
    </message>
    <message>
        <source>盖章后当场核验没有通过（{check}）</source>
        <translation>The sealed paper did not pass its check ({check})</translation>
    </message>
    <message>
        <source>没有用印；请重新插拔密码钥匙再盖一次，仍不通过请联系大厅技术人员</source>
        <translation>Nothing was sealed; pull the key out and in and seal again, and if it stays so ask the hall&apos;s technicians</translation>
    </message>
    <message>
        <source>PDF签章域{name}</source>
        <translation>PDF signature field {name}</translation>
    </message>
    <message>
        <source>签章覆盖的范围与文件不符，文件被改动过</source>
        <translation>What the seal covers does not fit the file; it was changed</translation>
    </message>
    <message>
        <source>签章之后文件又被追加了内容</source>
        <translation>Something was added to the file behind the seal</translation>
    </message>
    <message>
        <source>信任文件{file}不能读取</source>
        <translation>The trust file {file} cannot be read</translation>
    </message>
    <message>
        <source>请核对该文件是DER或PEM格式的证书或吊销列表，并有读取权限；否则请联系系统管理员移走该文件</source>
        <translation>Check that it holds certificates or revocation lists, DER or PEM, and may be read; else ask the system administrator to take it away</translation>
    </message>
    <message>
        <source>读不到印章文件{file}</source>
        <translation>The seal file {file} cannot be read</translation>
    </message>
    <message>
        <source>有几把钥匙或几枚印章都可以用</source>
        <translation>Several keys or seals may be used</translation>
    </message>
    <message>
        <source>请用 --key 写明钥匙：{known}</source>
        <translation>Name the key by --key: {known}</translation>
    </message>
    <message>
        <source>文书{number}不在待用印之列</source>
        <translation>The paper {number} does not wait for a seal</translation>
    </message>
    <message>
        <source>请用 yichuang seals owed 核对；已用印的请查用印登记簿</source>
        <translation>See yichuang seals owed; what was sealed stands in the ledger</translation>
    </message>
    <message>
        <source>本窗口没有设置密码钥匙</source>
        <translation>This window has no seal key set up</translation>
    </message>
    <message>
        <source>请大厅管理员在设置中登记seal_key，或者用 --keys 写明</source>
        <translation>Have the hall administrator set seal_key, or name it by --keys</translation>
    </message>
    <message>
        <source>请在提示处输入，或者用{named}指明存放口令的文件</source>
        <translation>Type it at the prompt, or name the file that holds it by {named}</translation>
    </message>
    <message>
        <source>已导入 {name}，有效期至 {day}</source>
        <translation>Brought in {name}, valid until {day}</translation>
    </message>
    <message>
        <source>已用印：{paper}，{seal}</source>
        <translation>Sealed: {paper}, {seal}</translation>
    </message>
    <message>
        <source>有效期至 {day}</source>
        <translation>valid until {day}</translation>
    </message>
    <message>
        <source>电子印章 {id}</source>
        <translation>electronic seal {id}</translation>
    </message>
    <message>
        <source>实体印章</source>
        <translation>wet seal</translation>
    </message>
    <message>
        <source>页面没有写成文件{file}</source>
        <translation>The page was not written to {file}</translation>
    </message>
    <message>
        <source>此前写成的页都在；请核对目录和磁盘空间，再从这一页起扫描</source>
        <translation>The pages written before it are there; check the folder and the disk space, then scan on from this page</translation>
    </message>
    <message>
        <source>读不到文件{file}</source>
        <translation>The file {file} could not be read</translation>
    </message>
    <message>
        <source>请核对路径、大小（不超过256MB）和读取权限</source>
        <translation>Check its path, its size (256 MB at most) and whether you may read it</translation>
    </message>
    <message>
        <source>印模图片没有写成文件{file}</source>
        <translation>The seal&apos;s picture was not written to {file}</translation>
    </message>
    <message>
        <source>请核对目录和磁盘空间后再试</source>
        <translation>Check the folder and the space on the disk, and try again</translation>
    </message>
    <message>
        <source>电子印章</source>
        <translation>Electronic seal</translation>
    </message>
    <message>
        <source>电子签章</source>
        <translation>Electronic signature with a seal</translation>
    </message>
    <message>
        <source>PDF文件</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>OFD文件</source>
        <translation>OFD</translation>
    </message>
    <message>
        <source>{form}，没有电子签章</source>
        <translation>{form}, no electronic seal on it</translation>
    </message>
    <message>
        <source>全部相符</source>
        <translation>everything is right</translation>
    </message>
    <message>
        <source>有不符之处</source>
        <translation>not everything is right</translation>
    </message>
    <message>
        <source>印章{name}（{es_id}），制章系统{vendor}</source>
        <translation>Seal {name} ({es_id}), made by the system {vendor}</translation>
    </message>
    <message>
        <source>  没有给出被签章的文件（--data），未核对其内容</source>
        <translation>  What it was put on was not given (--data); its content was not looked at</translation>
    </message>
    <message>
        <source>这不是可以读取的OFD文件（{reason}）</source>
        <translation>This is not an OFD file that can be read ({reason})</translation>
    </message>
    <message>
        <source>文件可能损坏或不完整，请重新取得；仍然如此请联系出具文件的机关</source>
        <translation>The file may be damaged or incomplete; get it again. If it stays so, contact the organ that issued it</translation>
    </message>
    <message>
        <source>OFD文件解压后过大，没有打开（{reason}）</source>
        <translation>The OFD file would unpack to far too much and was not opened ({reason})</translation>
    </message>
    <message>
        <source>请不要用其他程序打开；请核对文件来源，重新取得，仍然如此请联系大厅技术人员</source>
        <translation>Do not open it with other programs; check where the file comes from and get it again. If it stays so, contact the hall&apos;s technician</translation>
    </message>
    <message>
        <source>OFD文件内含有不安全的条目，没有打开（{reason}）</source>
        <translation>The OFD file holds unsafe entries and was not opened ({reason})</translation>
    </message>
    <message>
        <source>文件可能被人改造过，请不要用其他程序打开；请向出具文件的机关重新取得</source>
        <translation>Somebody may have tampered with the file; do not open it with other programs. Get it again from the organ that issued it</translation>
    </message>
    <message>
        <source>印章文件与签章中的印章不是同一枚</source>
        <translation>the seal file is not the seal of the signature</translation>
    </message>
    <message>
        <source>签章所属的签名文件不是这一个</source>
        <translation>the signature belongs to another signature file</translation>
    </message>
    <message>
        <source>摘要算法{method}不受支持或已不安全，不能证明文件未改动</source>
        <translation>the digest algorithm {method} is not supported or no longer safe and does not prove the document unchanged</translation>
    </message>
    <message>
        <source>签章保护的文件缺失</source>
        <translation>parts the signature protects are missing</translation>
    </message>
    <message>
        <source>文件内容与签章时不同，签章后被改动过</source>
        <translation>the content is not as it was when sealed; it was changed afterwards</translation>
    </message>
    <message>
        <source>有内容不在签章保护之内</source>
        <translation>there is content the signature does not protect</translation>
    </message>
    <message>
        <source>{names}等{count}个</source>
        <translation>{names} and others, {count} in all</translation>
    </message>
    <message>
        <source>预览中有{count}处内容没有画出</source>
        <translation>Not drawn in this preview: {count}</translation>
    </message>
    <message>
        <source>端口{port}没有虚拟读卡器</source>
        <translation>There is no virtual reader at port {port}</translation>
    </message>
    <message>
        <source>请先安装vsmartcard-vpcd并启动pcscd；或者用--port给出另一个端口</source>
        <translation>Install vsmartcard-vpcd and start pcscd first, or name another port by --port</translation>
    </message>
    <message>
        <source>模拟智能卡已插入（端口{port}）：{holders}</source>
        <translation>The simulated smart card is in (port {port}): {holders}</translation>
    </message>
    <message>
        <source>与{device}通信的程序意外结束</source>
        <translation>The process that speaks to the {device} ended unexpectedly</translation>
    </message>
    <message>
        <source>{device}给出的数据不对（{reason}）</source>
        <translation>The {device} gave wrong data ({reason})</translation>
    </message>
    <message>
        <source>请重新插拔钥匙后再试；多次出现请把钥匙的型号告知大厅技术人员</source>
        <translation>Plug the key in again and try once more; if it happens again and again, tell the hall&apos;s technician the key&apos;s model</translation>
    </message>
    <message>
        <source>没有签出任何内容；请拔出钥匙再插回后重试，仍无应答请联系大厅技术人员</source>
        <translation>Nothing was signed; pull the key out, plug it in again and retry; if it still does not answer, call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>与{device}通信的程序接连出错，暂停使用</source>
        <translation>The process that speaks to the {device} failed again and again; it is given a rest</translation>
    </message>
    <message>
        <source>智能卡服务没有运行</source>
        <translation>The smart-card service does not run</translation>
    </message>
    <message>
        <source>服务恢复后会自动继续；请大厅技术人员启动智能卡服务（Windows：SCardSvr，Linux：pcscd）</source>
        <translation>It goes on by itself once the service is back; ask the hall&apos;s technician to start it (Windows: SCardSvr, Linux: pcscd)</translation>
    </message>
    <message>
        <source>{device}插入后没有应答</source>
        <translation>The {device} was plugged in and does not answer</translation>
    </message>
    <message>
        <source>请拔出钥匙，检查芯片面和方向后重新插入；仍不应答请联系大厅技术人员</source>
        <translation>Pull the key out, look at its chip and which way round it is, and plug it in again; if it still does not answer, call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>{device}不能完成这个操作（{reason}）</source>
        <translation>The {device} cannot do this ({reason})</translation>
    </message>
    <message>
        <source>没有签出任何内容；请重新插拔钥匙后再试，再次出现请把括号中的步骤和状态告知大厅技术人员</source>
        <translation>Nothing was signed; plug the key in again and retry; if it happens again, tell the hall&apos;s technician the step and status in brackets</translation>
    </message>
    <message>
        <source>口令已锁死：请带上钥匙找签发机构或钥匙的管理人解锁</source>
        <translation>PIN locked: take the key to whoever issued or keeps it to have it unlocked</translation>
    </message>
    <message>
        <source>{key}，证书已到期</source>
        <translation>{key}, certificate over</translation>
    </message>
    <message>
        <source>{key}，证书还有 {days} 天到期</source>
        <translation>{key}, certificate ends in {days} days</translation>
    </message>
    <message>
        <source>请尽快联系签发机构换发证书</source>
        <translation>Have the certificate renewed soon by whoever issued it</translation>
    </message>
    <message>
        <source>再输错一次口令即锁死；拿不准请先联系钥匙的管理人</source>
        <translation>One more wrong PIN locks it; if in doubt ask the key&apos;s keeper first</translation>
    </message>
    <message>
        <source>用印</source>
        <translation>Seals</translation>
    </message>
    <message>
        <source>（已到期）</source>
        <translation> (over)</translation>
    </message>
    <message>
        <source>（还有 {days} 天）</source>
        <translation> ({days} days left)</translation>
    </message>
    <message>
        <source>持有机关</source>
        <translation>Holder</translation>
    </message>
    <message>
        <source>签发机构</source>
        <translation>Issuer</translation>
    </message>
    <message>
        <source>证书有效期至</source>
        <translation>Certificate until</translation>
    </message>
    <message>
        <source>算法和序列号</source>
        <translation>Algorithm and serial number</translation>
    </message>
    <message>
        <source>印章和钥匙</source>
        <translation>Seal and key</translation>
    </message>
    <message>
        <source>密码钥匙口令</source>
        <translation>PIN of the seal key</translation>
    </message>
    <message>
        <source>全部用印</source>
        <translation>Seal all</translation>
    </message>
    <message>
        <source>印章</source>
        <translation>Seal</translation>
    </message>
    <message>
        <source>口令还可以试 {count} 次</source>
        <translation>PIN tries left: {count}</translation>
    </message>
    <message>
        <source>口令已锁死，请带上钥匙找签发机构或钥匙的管理人解锁</source>
        <translation>PIN locked; take the key to whoever issued or keeps it to have it unlocked</translation>
    </message>
    <message>
        <source>口令只剩最后一次，输错即锁死；拿不准请先联系钥匙的管理人</source>
        <translation>The last try: a wrong PIN locks the key; if in doubt ask its keeper first</translation>
    </message>
    <message>
        <source>仍是出厂口令，请尽快修改</source>
        <translation>Still the maker&apos;s PIN; change it soon</translation>
    </message>
    <message>
        <source>这是最后一次：核对无误后再按一次 Enter，才会送到钥匙</source>
        <translation>This is the last try: check it, then press Enter once more to send it to the key</translation>
    </message>
    <message>
        <source>出具</source>
        <translation>Issued</translation>
    </message>
    <message>
        <source>用印时间</source>
        <translation>Sealed</translation>
    </message>
    <message>
        <source>方式</source>
        <translation>How</translation>
    </message>
    <message>
        <source>经办</source>
        <translation>By</translation>
    </message>
    <message>
        <source>摘要（SM3）</source>
        <translation>Digest (SM3)</translation>
    </message>
    <message>
        <source>待用印的文书</source>
        <translation>Papers that wait for their seal</translation>
    </message>
    <message>
        <source>没有待用印的文书</source>
        <translation>No paper waits for its seal</translation>
    </message>
    <message>
        <source>用印登记簿</source>
        <translation>Ledger of seals</translation>
    </message>
    <message>
        <source>还没有用印</source>
        <translation>Nothing was sealed yet</translation>
    </message>
    <message>
        <source>{count} 份待用印</source>
        <translation>{count} waiting</translation>
    </message>
    <message>
        <source>正在查看密码钥匙</source>
        <translation>Looking at the seal keys</translation>
    </message>
    <message>
        <source>正在用印，请不要拔出密码钥匙</source>
        <translation>Sealing; leave the key plugged in</translation>
    </message>
    <message>
        <source>已用印，正在打印</source>
        <translation>Sealed; printing</translation>
    </message>
    <message>
        <source>已用印 {sealed} 份，未用印 {left} 份</source>
        <translation>Sealed: {sealed}, not sealed: {left}</translation>
    </message>
    <message>
        <source>已用印 {sealed} 份，正在打印</source>
        <translation>Sealed: {sealed}; printing</translation>
    </message>
    <message>
        <source>已复制文书的SM3摘要</source>
        <translation>The paper&apos;s SM3 digest was copied</translation>
    </message>
    <message>
        <source>验章</source>
        <translation>Verify</translation>
    </message>
    <message>
        <source>印章和密码钥匙</source>
        <translation>Seal and seal key</translation>
    </message>
    <message>
        <source>可加盖实体印章并登记，或者请大厅管理员在“设置”页登记密码钥匙</source>
        <translation>Use the wet seal and enter it in the ledger, or have the hall administrator set up a seal key on the page Settings</translation>
    </message>
    <message>
        <source>正在用印</source>
        <translation>Sealing</translation>
    </message>
    <message>
        <source>请核对路径和文件名；文件不超过50MB，且没有被其他程序占用</source>
        <translation>Check path and name; at most 50 MB, and in use by no other program</translation>
    </message>
    <message>
        <source>要核验的文件</source>
        <translation>File to be verified</translation>
    </message>
    <message>
        <source>核验</source>
        <translation>Verify</translation>
    </message>
    <message>
        <source>正在核验</source>
        <translation>Verifying</translation>
    </message>
    <message>
        <source>▲ 没有电子签章：不能证明文件由谁出具、有没有改动</source>
        <translation>▲ No electronic seal: nothing proves who issued it or whether it was changed</translation>
    </message>
    <message>
        <source>▲ 不能采信：有不符之处</source>
        <translation>▲ Not to be trusted: something is wrong</translation>
    </message>
    <message>
        <source>✓ 真实有效，签章后没有改动</source>
        <translation>✓ Genuine, and unchanged since it was sealed</translation>
    </message>
    <message>
        <source>签章人</source>
        <translation>Signer</translation>
    </message>
    <message>
        <source>签章时间</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>应写 pcsc: 或 skf: 加驱动库的路径</source>
        <translation>Write pcsc:, or skf: with the path of the maker&apos;s library</translation>
    </message>
    <message>
        <source>如 pcsc: 或 skf: 加驱动库的路径</source>
        <translation>e.g. pcsc:, or skf: with the path of the maker&apos;s library</translation>
    </message>
    <message>
        <source>有效期{begins}至{ends}</source>
        <translation>in force from {begins} to {ends}</translation>
    </message>
    <message>
        <source>训练用的钥匙，口令 {pin}</source>
        <translation>A key for training, PIN {pin}</translation>
    </message>
    <message>
        <source>{organ}的文书要用另一枚印章或者另一把密码钥匙</source>
        <translation>Papers of {organ} want another seal or another key</translation>
    </message>
    <message>
        <source>请选中该文书，核对印章和钥匙后输入那把钥匙的口令</source>
        <translation>Choose that paper, look at its seal and key, and enter that key&apos;s PIN</translation>
    </message>
    <message>
        <source>已插入 {count} 把</source>
        <translation>{count} plugged in</translation>
    </message>
    <message>
        <source>{key}，证书不到一天就到期</source>
        <translation>{key}, the certificate ends within a day</translation>
    </message>
    <message>
        <source>经办人工号</source>
        <translation>Staff no.</translation>
    </message>
    <message>
        <source>文书摘要（SM3）</source>
        <translation>Digest of the paper (SM3)</translation>
    </message>
    <message>
        <source>密码钥匙和证书</source>
        <translation>Keys and certificates</translation>
    </message>
    <message>
        <source>钥匙</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>证书 {serial}</source>
        <translation>certificate {serial}</translation>
    </message>
    <message>
        <source>文件页面</source>
        <translation>Pages of the file</translation>
    </message>
    <message>
        <source>正在绘制页面</source>
        <translation>Drawing the pages</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>核验后在这里显示文件的页面；看到的样子不能证明真伪</source>
        <translation>The pages of a file that was checked stand here; what they look like proves nothing</translation>
    </message>
    <message>
        <source>页面没有画完，已停止；核验结果不受影响</source>
        <translation>Stopped before the pages were drawn; the verdict stands</translation>
    </message>
    <message>
        <source>印章 {seal}，证书 {certificate}</source>
        <translation>seal {seal}, certificate {certificate}</translation>
    </message>
    <message>
        <source>插入 {count} 把</source>
        <translation>{count} plugged in</translation>
    </message>
    <message>
        <source>画面不完整</source>
        <translation>Incomplete</translation>
    </message>
    <message>
        <source>证书持有者</source>
        <translation>Certificate holder</translation>
    </message>
    <message>
        <source>持有人</source>
        <translation>Holder</translation>
    </message>
    <message>
        <source>没有核对本机记录：{why}</source>
        <translation>The records of this window were not asked: {why}</translation>
    </message>
    <message>
        <source>不一致</source>
        <translation>differs</translation>
    </message>
    <message>
        <source>出具机关</source>
        <translation>organ</translation>
    </message>
    <message>
        <source>出具时间</source>
        <translation>issued at</translation>
    </message>
    <message>
        <source>期限</source>
        <translation>until</translation>
    </message>
    <message>
        <source>签名人</source>
        <translation>signed by</translation>
    </message>
    <message>
        <source>本机没有这份文书的记录</source>
        <translation>This window has no record of the paper</translation>
    </message>
    <message>
        <source>本机有这份文书的记录：{state}</source>
        <translation>This window has a record of the paper: {state}</translation>
    </message>
    <message>
        <source>出具日期</source>
        <translation>date of issue</translation>
    </message>
    <message>
        <source>正文的其他文字</source>
        <translation>other words of the text</translation>
    </message>
    <message>
        <source>用印后的文件</source>
        <translation>the file after it was sealed</translation>
    </message>
    <message>
        <source>二维码的内容</source>
        <translation>what the QR code says</translation>
    </message>
    <message>
        <source>真实：二维码由出具机关的密钥签名</source>
        <translation>Genuine: the QR code is signed by the key of the organ</translation>
    </message>
    <message>
        <source>不能采信：被改动过</source>
        <translation>Not to be relied on: it was altered</translation>
    </message>
    <message>
        <source>不能采信：该文书已作废</source>
        <translation>Not to be relied on: the paper was voided</translation>
    </message>
    <message>
        <source>不能采信：签名的证书已被吊销</source>
        <translation>Not to be relied on: the signing certificate was revoked</translation>
    </message>
    <message>
        <source>不能证明真伪：不认识签名的密钥</source>
        <translation>Nothing is proved: the signing key is not known here</translation>
    </message>
    <message>
        <source>不能证明真伪：二维码没有签名，以印章为准</source>
        <translation>Nothing is proved: the QR code is not signed, the seal counts</translation>
    </message>
    <message>
        <source>这不是本程序文书的二维码</source>
        <translation>This is no QR code of a paper of this program</translation>
    </message>
    <message>
        <source>请扫描文书上印章旁边的二维码；旧版式文书的二维码不能核验，请按办件编号查询或者向出具机关核实</source>
        <translation>Scan the code beside the seal; codes of papers of the old layout cannot be verified: search by the case number, or ask the organ</translation>
    </message>
    <message>
        <source>文书二维码的内容不完整</source>
        <translation>What the QR code says is not whole</translation>
    </message>
    <message>
        <source>请把二维码展平、擦净后重新扫描；仍然如此请按办件编号查询，或者向出具机关核实</source>
        <translation>Flatten and wipe the code and scan it again; if it stays so, search by the case number, or ask the organ</translation>
    </message>
    <message>
        <source>文件中没有找到文书的二维码</source>
        <translation>No QR code of a paper was found in the file</translation>
    </message>
    <message>
        <source>请选择包含印章那一页的PDF、扫描件或照片，二维码要完整、清楚；否则请按办件编号查询</source>
        <translation>Choose a PDF, scan or photo of the page with the seal, with the code whole and sharp; otherwise search by the case number</translation>
    </message>
    <message>
        <source>文件中有几份不同文书的二维码</source>
        <translation>The file has the QR codes of several papers</translation>
    </message>
    <message>
        <source>请每次核验一份文书</source>
        <translation>Verify one paper at a time</translation>
    </message>
    <message>
        <source>这不是可以读取的PDF或图片（{reason}）</source>
        <translation>This is no PDF or picture that can be read ({reason})</translation>
    </message>
    <message>
        <source>请核对文件是否完整、没有加密；仍然如此请重新扫描或者拍照</source>
        <translation>Check that the file is whole and not encrypted; if it stays so, scan or photograph the paper again</translation>
    </message>
    <message>
        <source>只核对了二维码，请与文书上的文字逐项比对</source>
        <translation>Only the QR code was looked at: compare the words on the paper with it, one by one</translation>
    </message>
    <message>
        <source>这是图片，没有可以核对的文字，请与画面上的文字逐项比对</source>
        <translation>This is a picture without words to check: compare what is seen on it, one by one</translation>
    </message>
    <message>
        <source>页面的文字与二维码一致；画面另被遮盖或涂改的，请与下列内容比对</source>
        <translation>The words of the page agree with the QR code; where the picture was covered or painted over, compare what is listed</translation>
    </message>
    <message>
        <source>电子签章有不符之处：{what}</source>
        <translation>The electronic seal does not hold: {what}</translation>
    </message>
    <message>
        <source>本机没有尾号为{key}的证书，请用--trust给出出具机关的证书，或者放入信任目录</source>
        <translation>No certificate here ends in {key}: give the certificate of the organ by --trust, or lay it into the folder trust</translation>
    </message>
    <message>
        <source>签名的证书由本机直接信任</source>
        <translation>The signing certificate is trusted here by itself</translation>
    </message>
    <message>
        <source>签名的证书属于{holder}，不是出具机关{organ}的</source>
        <translation>The signing certificate is of {holder}, not of the organ {organ}</translation>
    </message>
    <message>
        <source>签名时证书不在有效期内</source>
        <translation>The certificate was out of its time when it signed</translation>
    </message>
    <message>
        <source>签名时间晚于核验时间，请核对本机时钟</source>
        <translation>It was signed later than now: check the clock of this machine</translation>
    </message>
    <message>
        <source>▲ 不一致</source>
        <translation>▲ differs</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>note</translation>
    </message>
    <message>
        <source>扫描文书二维码，或者输入文件路径（PDF、OFD、图片、印章）、把文件拖到这里</source>
        <translation>Scan the QR code of a paper, or type the path of a file (PDF, OFD, picture, seal), or drop it here</translation>
    </message>
    <message>
        <source>打印后盖章</source>
        <translation>Print for the ink seal</translation>
    </message>
    <message>
        <source>可以打印</source>
        <translation>can be printed</translation>
    </message>
    <message>
        <source>字形选择符不打印，按通用字形打印</source>
        <translation>variation selector: the usual form is printed</translation>
    </message>
    <message>
        <source>不可见的控制字符，不打印</source>
        <translation>invisible control character: not printed</translation>
    </message>
    <message>
        <source>需要连写或者叠加的文字，本程序不能正确打印</source>
        <translation>a script that is joined or stacked: not printed rightly here</translation>
    </message>
    <message>
        <source>系统专用字符，没有公开的含义，不能打印</source>
        <translation>private-use character without public meaning: cannot be printed</translation>
    </message>
    <message>
        <source>随程序提供的字体都没有这个字，不能打印</source>
        <translation>no font that comes with the program has it: cannot be printed</translation>
    </message>
    <message>
        <source>请与证件核对后改为“{better}”</source>
        <translation>Check with the document and change it to {better}</translation>
    </message>
    <message>
        <source>请核对字形；证件上是另一个字的，请改为该字</source>
        <translation>Check the form; if the document shows another character, change it to that one</translation>
    </message>
    <message>
        <source>请核对前后的字；多余的请删去</source>
        <translation>Check the characters around it; delete it if it does not belong</translation>
    </message>
    <message>
        <source>文书上印〔{code}〕，请另附纸质说明或者按证件改用汉字姓名</source>
        <translation>The paper bears the code point {code}; add a note on paper, or use the name in Han characters as on the document</translation>
    </message>
    <message>
        <source>请对照证件改为正确的字；不改的，文书上印〔{code}〕</source>
        <translation>Change it to the right character by the document; otherwise the paper bears the code point {code}</translation>
    </message>
    <message>
        <source>请核对是否输错；没有错的可以继续办理，文书上印〔{code}〕，并告知申请人</source>
        <translation>Check for a typing error; if there is none you may go on: the paper bears the code point {code}, and the applicant is told</translation>
    </message>
    <message>
        <source>读不到文字文件{file}</source>
        <translation>Cannot read the text file {file}</translation>
    </message>
    <message>
        <source>请核对路径、大小（不超过16MB）和读取权限；文件须是UTF-8编码的纯文本</source>
        <translation>Check path, size (at most 16 MB) and permission; the file must be plain text in UTF-8</translation>
    </message>
    <message>
        <source>共{characters}个不同的字，都能打印</source>
        <translation>{characters} different characters, all can be printed</translation>
    </message>
    <message>
        <source>共{characters}个不同的字，其中{lost}个不能打印</source>
        <translation>{characters} different characters, {lost} of them cannot be printed</translation>
    </message>
    <message>
        <source>打印机不能双面打印，已单面打印</source>
        <translation>The printer cannot print on both sides; printed on one</translation>
    </message>
    <message>
        <source>打印机没有A5纸，已打印在A4纸上</source>
        <translation>The printer has no A5 paper; printed on A4</translation>
    </message>
    <message>
        <source>打印机没有纸盒{tray}，由打印机选择纸盒</source>
        <translation>The printer has no tray {tray}; it chose one itself</translation>
    </message>
    <message>
        <source>打印机没有按要求打印：{what}</source>
        <translation>The printer did not print as asked: {what}</translation>
    </message>
    <message>
        <source>单双面</source>
        <translation>sides</translation>
    </message>
    <message>
        <source>纸张</source>
        <translation>paper</translation>
    </message>
    <message>
        <source>纸张和纸盒</source>
        <translation>paper and tray</translation>
    </message>
    <message>
        <source>纸盒</source>
        <translation>tray</translation>
    </message>
    <message>
        <source>收下这一份的打印机已不在设置里，请查看文书是否打出</source>
        <translation>The printer that took this one is no longer in the settings; look whether the paper came out</translation>
    </message>
    <message>
        <source>另外的打印机</source>
        <translation>Further printers</translation>
    </message>
    <message>
        <source>各类文书的打印</source>
        <translation>Printing by kind of paper</translation>
    </message>
    <message>
        <source>没有符合条件的文书</source>
        <translation>No paper fits</translation>
    </message>
    <message>
        <source>还有更早的，请用 --limit 或 --on 查看</source>
        <translation>There are older ones: see them with --limit or --on</translation>
    </message>
    <message>
        <source>“{text}”不是日期</source>
        <translation>{text}: not a date</translation>
    </message>
    <message>
        <source>请写成11-28、2026-11-28、2026-11或2026；一段时间写成11-01至11-15</source>
        <translation>Write 11-28, 2026-11-28, 2026-11 or 2026; a period as 11-01..11-15</translation>
    </message>
    <message>
        <source>不能确定文书打不打得出全部的字：{why}</source>
        <translation>Whether the papers can bear every character is not known: {why}</translation>
    </message>
    <message>
        <source>申请人姓名（名称）</source>
        <translation>Applicant&apos;s name</translation>
    </message>
    <message>
        <source>经办人姓名</source>
        <translation>Name of whoever came</translation>
    </message>
    <message>
        <source>事项名称</source>
        <translation>Name of the item</translation>
    </message>
    <message>
        <source>{field}第{position}个字（{code}）{words}：{advice}</source>
        <translation>{field}, character {position} ({code}): {words}. {advice}</translation>
    </message>
    <message>
        <source>打印机说已经打完，可是没有数到一页，而且{hindrance}，请查看文书是否打出</source>
        <translation>The printer says it is done but counted no page, and: {hindrance}. Look whether the paper came out</translation>
    </message>
    <message>
        <source>打印服务器中途停过，这一份可能已经打出，请查看</source>
        <translation>The print server stopped in between; this one may have come out, please look</translation>
    </message>
    <message>
        <source>打印机空闲，却一直没有开始打印这一份，请到打印机前查看</source>
        <translation>The printer is idle and has not begun with this one; look at the printer</translation>
    </message>
    <message>
        <source>打印机一直没有打完这一份，请到打印机前查看</source>
        <translation>The printer has not finished this one for long; look at the printer</translation>
    </message>
    <message>
        <source>文书文件夹</source>
        <translation>Folder for papers</translation>
    </message>
    <message>
        <source>就绪（存为PDF）</source>
        <translation>Ready (saves PDF)</translation>
    </message>
    <message>
        <source>文件已不在文件夹里，请查看是谁取走的</source>
        <translation>The file is no longer in the folder; look who took it</translation>
    </message>
    <message>
        <source>{device}{folder}不在</source>
        <translation>{device} {folder} is not there</translation>
    </message>
    <message>
        <source>{device}{folder}所在的磁盘已满</source>
        <translation>The disk of {device} {folder} is full</translation>
    </message>
    <message>
        <source>请腾出空间，之后会自动继续；文书已保存</source>
        <translation>Make room; it then goes on by itself. The paper is saved</translation>
    </message>
    <message>
        <source>{device}{folder}不能写入</source>
        <translation>{device} {folder} cannot be written to</translation>
    </message>
    <message>
        <source>存为PDF文件，不需要驱动程序</source>
        <translation>Saved as PDF files; no driver needed</translation>
    </message>
    <message>
        <source>热敏打印机</source>
        <translation>Receipt printer</translation>
    </message>
    <message>
        <source>请查看电源和连线；确实不报告状态的打印机，请大厅管理员在地址后面写 ?status=no。文书已保存，可稍后打印</source>
        <translation>Check power and cable; for a printer that tells no status, have the hall&apos;s administrator add ?status=no to its address. The paper is saved and can be printed later</translation>
    </message>
    <message>
        <source>{device}缺纸</source>
        <translation>{device} is out of paper</translation>
    </message>
    <message>
        <source>请换上新的纸卷，打印会自动继续</source>
        <translation>Put in a new roll; printing goes on by itself</translation>
    </message>
    <message>
        <source>{device}盖板没有关好</source>
        <translation>The cover of {device} is open</translation>
    </message>
    <message>
        <source>请关好盖板，打印会自动继续</source>
        <translation>Close the cover; printing goes on by itself</translation>
    </message>
    <message>
        <source>{device}不能打印</source>
        <translation>{device} cannot print</translation>
    </message>
    <message>
        <source>请查看切刀和指示灯，关机再开，之后打印会自动继续；仍然不行请联系大厅技术人员</source>
        <translation>Look at the knife and the lamps, switch it off and on; printing then goes on by itself. If it does not, call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>{device}只打印申请材料接收凭证的短联</source>
        <translation>{device} prints only the short form of the receipt for materials</translation>
    </message>
    <message>
        <source>{device}不报告状态，不知是否打出</source>
        <translation>{device} tells no status; nobody knows whether it came out</translation>
    </message>
    <message>
        <source>请看短联是否完整打出：完整的可以交付，没有打出的请补打</source>
        <translation>Look whether the slip came out whole: hand it over if so, ask for a reprint if not</translation>
    </message>
    <message>
        <source>{device}打到一半缺纸</source>
        <translation>{device} ran out of paper in the middle</translation>
    </message>
    <message>
        <source>请换上新的纸卷，看短联是否完整：完整的可以交付，不完整的请补打</source>
        <translation>Put in a new roll and look whether the slip is whole: hand it over if so, ask for a reprint if not</translation>
    </message>
    <message>
        <source>{device}没有报告这一份已经打完</source>
        <translation>{device} did not say that this one is done</translation>
    </message>
    <message>
        <source>请到打印机前查看：短联完整的可以交付，不完整的请补打</source>
        <translation>Look at the printer: hand the slip over if it is whole, ask for a reprint if not</translation>
    </message>
    <message>
        <source>没有使用{device}的权限</source>
        <translation>No right to use {device}</translation>
    </message>
    <message>
        <source>请写作 escpos://主机、escpos:serial:COM3 或者 escpos:file:/dev/usb/lp0，后面可加 ? 和选项，如 letters=gb18030</source>
        <translation>Write escpos://HOST, escpos:serial:COM3 or escpos:file:/dev/usb/lp0; options may follow behind ?, such as letters=gb18030</translation>
    </message>
    <message>
        <source>就绪（不报告状态）</source>
        <translation>Ready (tells no status)</translation>
    </message>
    <message>
        <source>纸卷将尽</source>
        <translation>Roll is running low</translation>
    </message>
    <message>
        <source>请准备好新的纸卷</source>
        <translation>Have a new roll at hand</translation>
    </message>
    <message>
        <source>正在打印</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>ESC/POS 热敏打印，不需要驱动程序</source>
        <translation>ESC/POS receipt printing; no driver needed</translation>
    </message>
    <message>
        <source>已有文件“{name}”，没有覆盖</source>
        <translation>There is a file {name} already; it was not overwritten</translation>
    </message>
    <message>
        <source>请换一个文件名；确实不要原来的文件时，请先自行删除</source>
        <translation>Choose another name; delete the old file yourself first if it is not wanted</translation>
    </message>
    <message>
        <source>没有文件夹“{name}”</source>
        <translation>No folder {name}</translation>
    </message>
    <message>
        <source>请核对路径；U盘和共享文件夹须先接好</source>
        <translation>Check the path; connect USB sticks and shared folders first</translation>
    </message>
    <message>
        <source>文件名“{name}”不是 .pdf</source>
        <translation>The name {name} does not end in .pdf</translation>
    </message>
    <message>
        <source>文书只能另存为 PDF，请改用 .pdf 结尾的文件名</source>
        <translation>Papers are saved as PDF alone: use a name that ends in .pdf</translation>
    </message>
    <message>
        <source>↑↓ 常用</source>
        <translation>↑↓ usual</translation>
    </message>
    <message>
        <source>{print} 补打{count}</source>
        <translation>{print} reprint {count}</translation>
    </message>
    <message>
        <source>所选文书</source>
        <translation>Chosen paper</translation>
    </message>
    <message>
        <source>另存 PDF</source>
        <translation>Save PDF</translation>
    </message>
    <message>
        <source>保存到</source>
        <translation>Save as</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>已另存文书，内有个人信息，请妥善保管</source>
        <translation>Paper saved; it holds personal data, keep it safe</translation>
    </message>
    <message>
        <source>正在另存文书</source>
        <translation>Saving the paper</translation>
    </message>
    <message>
        <source>正式编号{number}</source>
        <translation>Central number {number}</translation>
    </message>
    <message>
        <source>作废原因：{reason}</source>
        <translation>Voided because: {reason}</translation>
    </message>
    <message>
        <source>文书</source>
        <comment>page</comment>
        <translation>Papers</translation>
    </message>
    <message>
        <source>文书列表</source>
        <translation>List of papers</translation>
    </message>
    <message>
        <source>{count} 份</source>
        <translation>{count} papers</translation>
    </message>
    <message>
        <source>没有选中文书</source>
        <translation>No paper is chosen</translation>
    </message>
    <message>
        <source>核验结果</source>
        <translation>Verdict</translation>
    </message>
    <message>
        <source>查找文书</source>
        <translation>Find papers</translation>
    </message>
    <message>
        <source>按种类筛选</source>
        <translation>By kind</translation>
    </message>
    <message>
        <source>全部种类</source>
        <translation>All kinds</translation>
    </message>
    <message>
        <source>按出具日期筛选</source>
        <translation>By day of issue</translation>
    </message>
    <message>
        <source>日期，如11-28、11-01至11-15</source>
        <translation>Days, as 11-28 or 11-01..11-15</translation>
    </message>
    <message>
        <source>没有采用 {path}：{why}</source>
        <translation>{path} is not taken: {why}</translation>
    </message>
    <message>
        <source>第 {line} 行</source>
        <translation>line {line}</translation>
    </message>
    <message>
        <source>文书模板没有采用，有 {count} 处不对：{first}</source>
        <translation>The template pack is not taken; wrong in {count} places: {first}</translation>
    </message>
    <message>
        <source>原来的模板继续使用，文书不受影响。请更正后重新检查；全部问题可用 yichuang templates check 列出</source>
        <translation>The template in use goes on, papers are not affected. Correct it and check again; yichuang templates check lists all that is wrong</translation>
    </message>
    <message>
        <source>读不到模板文件{file}</source>
        <translation>The template file {file} cannot be read</translation>
    </message>
    <message>
        <source>请核对路径和读取权限；原来的模板继续使用</source>
        <translation>Check the path and the right to read it; the template in use goes on</translation>
    </message>
    <message>
        <source>模板文件{file}没有写成</source>
        <translation>The template file {file} was not written</translation>
    </message>
    <message>
        <source>请核对磁盘空间和目录权限；原来的模板继续使用</source>
        <translation>Check the room on the disk and the rights of the folder; the template in use goes on</translation>
    </message>
    <message>
        <source>可以采用：{name}</source>
        <translation>May be taken: {name}</translation>
    </message>
    <message>
        <source>{taken} 已存好，但是另一个位置的模板优先</source>
        <translation>{taken} is stored, but a template in another place comes first</translation>
    </message>
    <message>
        <source>生效的模板</source>
        <translation>Template in use</translation>
    </message>
    <message>
        <source>文件</source>
        <translation>File</translation>
    </message>
    <message>
        <source>制作日期</source>
        <translation>Made on</translation>
    </message>
    <message>
        <source>第二语言</source>
        <translation>Second language</translation>
    </message>
    <message>
        <source>没有采用 {path}：</source>
        <translation>{path} is not taken:</translation>
    </message>
    <message>
        <source>超过 256 KB</source>
        <translation>more than 256 KB</translation>
    </message>
    <message>
        <source>不是 UTF-8 文字</source>
        <translation>not text in UTF-8</translation>
    </message>
    <message>
        <source>本程序的文字是 {ours}，请按它核对后再改这一项</source>
        <translation>the words of this program are {ours}: compare with them, then change this</translation>
    </message>
    <message>
        <source>没有这一部分</source>
        <translation>there is no such section</translation>
    </message>
    <message>
        <source>没有这一项</source>
        <translation>there is no such key</translation>
    </message>
    <message>
        <source>核验和用印要用到，不能改</source>
        <translation>proving and sealing need it: it cannot be changed</translation>
    </message>
    <message>
        <source>不是统一社会信用代码</source>
        <translation>not a unified social credit code</translation>
    </message>
    <message>
        <source>不是语言代码，例如 en、bo</source>
        <translation>not the code of a language such as en, bo</translation>
    </message>
    <message>
        <source>应当是一个部分（[{name}]）</source>
        <translation>should be a section ([{name}])</translation>
    </message>
    <message>
        <source>应当是至多 {most} 行文字</source>
        <translation>should be a list of at most {most} lines</translation>
    </message>
    <message>
        <source>太长，放不下：{words}</source>
        <translation>too long to fit: {words}</translation>
    </message>
    <message>
        <source>应当是 {count} 项文字</source>
        <translation>should be {count} words</translation>
    </message>
    <message>
        <source>没有这样的内容：{names}</source>
        <translation>there is no such fact: {names}</translation>
    </message>
    <message>
        <source>花括号不成对</source>
        <translation>braces do not close</translation>
    </message>
    <message>
        <source>花括号里只能是内容的名称：{names}</source>
        <translation>only the name of a fact may stand in braces: {names}</translation>
    </message>
    <message>
        <source>应当是文字</source>
        <translation>should be text</translation>
    </message>
    <message>
        <source>没有文字</source>
        <translation>no text</translation>
    </message>
    <message>
        <source>超过 {most} 个字</source>
        <translation>more than {most} characters</translation>
    </message>
    <message>
        <source>有换行或者控制字符</source>
        <translation>has line ends or control characters</translation>
    </message>
    <message>
        <source>** 不成对</source>
        <translation>** do not pair</translation>
    </message>
    <message>
        <source>字体不能正确打印：{letters}</source>
        <translation>the fonts do not draw rightly: {letters}</translation>
    </message>
    <message>
        <source>这里没有这样的内容：{names}</source>
        <translation>there is no such fact here: {names}</translation>
    </message>
    <message>
        <source>缺少内容：{names}</source>
        <translation>lacks: {names}</translation>
    </message>
    <message>
        <source>填写内容的文件{file}不能使用</source>
        <translation>The file of entries {file} cannot be used</translation>
    </message>
    <message>
        <source>应为 UTF-8 的 JSON，项名用 paper offers --json 查看；没有出具任何文书</source>
        <translation>It should be JSON in UTF-8; `paper offers --json` tells the names. No paper was made</translation>
    </message>
    <message>
        <source>（可不填）</source>
        <translation> (may be left out)</translation>
    </message>
    <message>
        <source>办件 {case} 没有可写入{paper}的内容</source>
        <translation>Case {case} has nothing that {paper} could state</translation>
    </message>
    <message>
        <source>请先在办件中登记：容缺或者承诺的材料、退还的原件、委托代理人、已出具的文书；没有的不需要出具</source>
        <translation>Enter it in the case first: materials deferred or declared, originals returned, the agent, papers issued. Where there are none, no such paper is needed</translation>
    </message>
    <message>
        <source>{paper}的“{place}”填写有误：{reason}</source>
        <translation>{paper}: &quot;{place}&quot; is wrong: {reason}</translation>
    </message>
    <message>
        <source>请更正后再出具；没有出具任何文书，编号没有占用</source>
        <translation>Correct it and try again; no paper was made and no number was used</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>开始日期</source>
        <translation>Begins on</translation>
    </message>
    <message>
        <source>所需时间</source>
        <translation>Time needed</translation>
    </message>
    <message>
        <source>听证事项</source>
        <translation>Matter of the hearing</translation>
    </message>
    <message>
        <source>告知理由</source>
        <translation>Why it is told</translation>
    </message>
    <message>
        <source>延长理由</source>
        <translation>Reason for the extension</translation>
    </message>
    <message>
        <source>延长时间</source>
        <translation>Extended by</translation>
    </message>
    <message>
        <source>新的办结期限</source>
        <translation>New last day</translation>
    </message>
    <message>
        <source>批准人</source>
        <translation>Approved by</translation>
    </message>
    <message>
        <source>收费项目</source>
        <translation>Fee</translation>
    </message>
    <message>
        <source>收费依据</source>
        <translation>Basis of the fee</translation>
    </message>
    <message>
        <source>金额（元）</source>
        <translation>Amount (yuan)</translation>
    </message>
    <message>
        <source>缴款码</source>
        <translation>Payment code</translation>
    </message>
    <message>
        <source>缴费期限</source>
        <translation>To be paid by</translation>
    </message>
    <message>
        <source>缴费方式</source>
        <translation>How to pay</translation>
    </message>
    <message>
        <source>决定日期</source>
        <translation>Decided on</translation>
    </message>
    <message>
        <source>准予内容</source>
        <translation>What is granted</translation>
    </message>
    <message>
        <source>证照名称和编号</source>
        <translation>Licence and its number</translation>
    </message>
    <message>
        <source>附加要求</source>
        <translation>Conditions</translation>
    </message>
    <message>
        <source>法律依据</source>
        <translation>Legal basis</translation>
    </message>
    <message>
        <source>终止日期</source>
        <translation>Ended on</translation>
    </message>
    <message>
        <source>终止理由</source>
        <translation>Why it ended</translation>
    </message>
    <message>
        <source>依据</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>撤回日期</source>
        <translation>Withdrawn on</translation>
    </message>
    <message>
        <source>撤回理由</source>
        <translation>Reason for the withdrawal</translation>
    </message>
    <message>
        <source>委托权限</source>
        <translation>What the agent may do</translation>
    </message>
    <message>
        <source>委托期限至</source>
        <translation>Until</translation>
    </message>
    <message>
        <source>送达方式</source>
        <translation>Manner of delivery</translation>
    </message>
    <message>
        <source>受送达人</source>
        <translation>Recipient</translation>
    </message>
    <message>
        <source>送达地点</source>
        <translation>Place of delivery</translation>
    </message>
    <message>
        <source>邮件号码</source>
        <translation>Tracking number</translation>
    </message>
    <message>
        <source>“一件事”名称</source>
        <translation>Name of the matter</translation>
    </message>
    <message>
        <source>同办的办件编号</source>
        <translation>Numbers of the other cases</translation>
    </message>
    <message>
        <source>补正材料接收凭证</source>
        <translation>Receiving slip for corrections</translation>
    </message>
    <message>
        <source>容缺受理通知书</source>
        <translation>Notice of acceptance with deferred materials</translation>
    </message>
    <message>
        <source>容缺受理承诺书</source>
        <translation>Pledge for deferred materials</translation>
    </message>
    <message>
        <source>告知承诺书</source>
        <translation>Declaration in place of proof</translation>
    </message>
    <message>
        <source>授权委托书</source>
        <translation>Power of attorney</translation>
    </message>
    <message>
        <source>个人信息处理告知书</source>
        <translation>Notice on personal information</translation>
    </message>
    <message>
        <source>特别程序告知书</source>
        <translation>Notice of a special procedure</translation>
    </message>
    <message>
        <source>听证告知书</source>
        <translation>Notice of the right to a hearing</translation>
    </message>
    <message>
        <source>延长办理期限通知书</source>
        <translation>Notice of extension</translation>
    </message>
    <message>
        <source>缴费通知书</source>
        <translation>Fee notice</translation>
    </message>
    <message>
        <source>准予决定书</source>
        <translation>Decision to grant</translation>
    </message>
    <message>
        <source>不予决定书</source>
        <translation>Decision to deny</translation>
    </message>
    <message>
        <source>终止办理通知书</source>
        <translation>Notice of termination</translation>
    </message>
    <message>
        <source>撤回申请确认书</source>
        <translation>Confirmation of withdrawal</translation>
    </message>
    <message>
        <source>原件退还签收单</source>
        <translation>Receipt for returned originals</translation>
    </message>
    <message>
        <source>送达回证</source>
        <translation>Record of delivery</translation>
    </message>
    <message>
        <source>“一件事”合并回执</source>
        <translation>Joint receipt of one matter</translation>
    </message>
    <message>
        <source>办件现为“{state}”，不能出具{paper}</source>
        <translation>The case stands at &quot;{state}&quot;: {paper} cannot be made</translation>
    </message>
    <message>
        <source>请核对办件编号和当前状态；受理、补正、不予受理的文书随办理动作出具，不单独出具</source>
        <translation>Check the case number and where it stands; the papers of acceptance, correction and non-acceptance come with their acts</translation>
    </message>
    <message>
        <source>系统打印机</source>
        <translation>System printer</translation>
    </message>
    <message>
        <source>系统打印机不报告每一份的结果，请以打印机为准</source>
        <translation>The system&apos;s printer does not report on each print; the printer has the last word</translation>
    </message>
    <message>
        <source>系统报告打印机出过错，请查看这一份是否打出</source>
        <translation>The system reported an error of the printer; look whether this one came out</translation>
    </message>
    <message>
        <source>{device}的打印程序没有回应</source>
        <translation>The printing process of {device} does not answer</translation>
    </message>
    <message>
        <source>请稍后再打印；一直如此请联系大厅技术人员检查打印机驱动程序。文书已保存，可稍后打印</source>
        <translation>Print again later; if it stays so, have the hall&apos;s technician check the printer&apos;s driver. The paper is saved and can be printed later</translation>
    </message>
    <message>
        <source>本机没有{device}“{printer}”</source>
        <translation>This machine has no {device} called {printer}</translation>
    </message>
    <message>
        <source>{device}“{printer}”没有收下文书</source>
        <translation>{device} {printer} did not take the paper</translation>
    </message>
    <message>
        <source>请查看打印机是否联机，之后再打印；仍然不行请联系大厅技术人员</source>
        <translation>Check that the printer is online and print again; if that fails, call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>系统的打印机驱动程序，经 Qt</source>
        <translation>The system&apos;s printer driver, through Qt</translation>
    </message>
    <message>
        <source>应选找到的打印机，或写 ipp://、ipps://、escpos:、system:、folder: 开头的地址</source>
        <translation>Choose a printer that was found, or an address that begins with ipp://, ipps://, escpos:, system: or folder:</translation>
    </message>
    <message>
        <source>与本机记录不一致</source>
        <translation>It differs from this window&apos;s records</translation>
    </message>
    <message>
        <source>已由{number}代替</source>
        <translation>{number} was issued instead</translation>
    </message>
    <message>
        <source>办件{number}：{state}</source>
        <translation>Case {number}: {state}</translation>
    </message>
    <message>
        <source>已补打{count}次</source>
        <translation>Reprinted {count} times</translation>
    </message>
    <message>
        <source>文件与本机保存的一字不差</source>
        <translation>The file is byte for byte the one kept here</translation>
    </message>
    <message>
        <source>编号系列</source>
        <translation>Series</translation>
    </message>
    <message>
        <source>号段</source>
        <translation>Blocks</translation>
    </message>
    <message>
        <source>已发</source>
        <translation>Issued</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>空闲</source>
        <translation>Free</translation>
    </message>
    <message>
        <source>缺号</source>
        <translation>Missing</translation>
    </message>
    <message>
        <source>{count} 个缺号</source>
        <translation>{count} missing</translation>
    </message>
    <message>
        <source>无缺号</source>
        <translation>None</translation>
    </message>
    <message>
        <source>另有{count}项，见 yichuang numbers report</source>
        <translation>{count} more: see yichuang numbers report</translation>
    </message>
    <message>
        <source>原磁盘</source>
        <translation>Disk before</translation>
    </message>
    <message>
        <source>编号去向</source>
        <translation>Where the numbers went</translation>
    </message>
    <message>
        <source>这一年还没有编号</source>
        <translation>No number in that year yet</translation>
    </message>
    <message>
        <source>年份</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>说明缺号</source>
        <translation>Explain missing</translation>
    </message>
    <message>
        <source>正在查看编号去向</source>
        <translation>Looking where the numbers went</translation>
    </message>
    <message>
        <source>{series}第{serials}号的去向</source>
        <translation>What became of {serials} of {series}</translation>
    </message>
    <message>
        <source>文书编号或序号、办件编号、姓名；扫描条码、二维码；拖入文件核验</source>
        <translation>Paper number or serial, case number, name; scan a code; drop a file to verify</translation>
    </message>
    <message>
        <source>正在打印{kind}</source>
        <translation>Printing {kind}</translation>
    </message>
    <message>
        <source>正在打印 {count} 份</source>
        <translation>Printing {count}</translation>
    </message>
    <message>
        <source>{count} 份等候</source>
        <translation>{count} waiting</translation>
    </message>
    <message>
        <source>文书正在生成</source>
        <translation>The paper is being drawn</translation>
    </message>
    <message>
        <source>大字文书</source>
        <translation>Papers in large type</translation>
    </message>
    <message>
        <source>文书第二语言</source>
        <translation>Second language of papers</translation>
    </message>
    <message>
        <source>不用</source>
        <translation>Never</translation>
    </message>
    <message>
        <source>满 60 周岁的申请人、经办人</source>
        <translation>For applicants and agents of sixty or older</translation>
    </message>
    <message>
        <source>一律</source>
        <translation>Always</translation>
    </message>
    <message>
        <source>文书模板</source>
        <translation>Template of the papers</translation>
    </message>
    <message>
        <source>语言代码，例如 en；不用第二语言时空着</source>
        <translation>Code of a language such as en; empty for none</translation>
    </message>
    <message>
        <source>模板文件</source>
        <translation>Template file</translation>
    </message>
    <message>
        <source>空着时预览生效的模板</source>
        <translation>Empty: preview what is in use</translation>
    </message>
    <message>
        <source>文书种类</source>
        <translation>Kind of paper</translation>
    </message>
    <message>
        <source>预览</source>
        <translation>Preview</translation>
    </message>
    <message>
        <source>模板有错误，没有画出样张</source>
        <translation>The template is wrong; no sample was drawn</translation>
    </message>
    <message>
        <source>模板没有错误</source>
        <translation>Nothing is wrong with the template</translation>
    </message>
    <message>
        <source>正在检查和绘制，请稍候…</source>
        <translation>Checking and drawing…</translation>
    </message>
    <message>
        <source>请先填写模板文件</source>
        <translation>Fill in the template file first</translation>
    </message>
    <message>
        <source>已采用，下一份文书起生效</source>
        <translation>Taken; it counts from the next paper on</translation>
    </message>
    <message>
        <source>另有 {count} 处</source>
        <translation>and {count} more</translation>
    </message>
    <message>
        <source>没有写明要移交的办件</source>
        <translation>No case to hand over was named</translation>
    </message>
    <message>
        <source>请写明办件编号，可以写多个；没有移交任何材料</source>
        <translation>Name the case numbers, as many as you like; no materials were handed over</translation>
    </message>
    <message>
        <source>要移交的办件分属不同的机关：{organs}</source>
        <translation>The cases belong to several organs: {organs}</translation>
    </message>
    <message>
        <source>请按机关分开移交，一个机关一张物料流转凭证；没有登记任何移交</source>
        <translation>Hand over by organ, one slip each; nothing was put on record</translation>
    </message>
    <message>
        <source>{count} 份文书没有生成：{why}</source>
        <translation>Papers not drawn: {count} ({why})</translation>
    </message>
    <message>
        <source>由谁签字不能改</source>
        <translation>who signs cannot be changed</translation>
    </message>
    <message>
        <source>本窗口单据</source>
        <translation>Own sheets</translation>
    </message>
    <message>
        <source>日终核对单</source>
        <translation>Day close</translation>
    </message>
    <message>
        <source>交接班单</source>
        <translation>Shift hand-over</translation>
    </message>
    <message>
        <source>按本机记录当场生成并打印；编号的去向、未了事项都在上面。</source>
        <translation>Made from this window&apos;s records and printed at once: where the numbers went, and what is still owed.</translation>
    </message>
    <message>
        <source>接班人</source>
        <translation>Taken over by</translation>
    </message>
    <message>
        <source>请大厅管理员在设置中选择打印机，或者用 yichuang sheet 写成 PDF</source>
        <translation>Have the hall&apos;s administrator choose one in the settings, or write the PDF by yichuang sheet</translation>
    </message>
    <message>
        <source>本窗口没有设置打印机</source>
        <translation>This window has no printer</translation>
    </message>
    <message>
        <source>已送打印机，请核对后签字</source>
        <translation>Sent to the printer; check and sign it</translation>
    </message>
    <message>
        <source>应当是至多 {most} 个句子</source>
        <translation>should be a list of at most {most} sentences</translation>
    </message>
    <message>
        <source>没有符合条件的文书；名称中间的字和办件编号末几位，只在最近两万件中查找</source>
        <translation>No paper fits; middle parts of names and last digits of case numbers are looked for among the newest 20,000 cases alone</translation>
    </message>
    <message>
        <source>编号</source>
        <comment>books</comment>
        <translation>Numbers</translation>
    </message>
    <message>
        <source>出具文书</source>
        <translation>Issue a paper</translation>
    </message>
    <message>
        <source>已出具，正在打印</source>
        <translation>Issued, now printing</translation>
    </message>
    <message>
        <source>按 {key} 查看文书</source>
        <translation>{key} shows the papers</translation>
    </message>
    <message>
        <source>现在没有可以单独出具的文书</source>
        <translation>There is no paper to issue by itself now</translation>
    </message>
    <message>
        <source>请先选好事项；受理、补正的文书随办理动作出具</source>
        <translation>Choose the item first; the papers of acceptance and correction come with their acts</translation>
    </message>
    <message>
        <source>可不填</source>
        <translation>optional</translation>
    </message>
    <message>
        <source>例如 {example}</source>
        <translation>e.g. {example}</translation>
    </message>
    <message>
        <source>机关文书：编文书编号，用印后交付</source>
        <translation>Paper of the organ: numbered, handed out once sealed</translation>
    </message>
    <message>
        <source>窗口单据：双方签名，不用印</source>
        <translation>Slip of the window: both sign it, no seal</translation>
    </message>
    <message>
        <source>申请人的文书：由申请人签名</source>
        <translation>The applicant&apos;s own: the applicant signs it</translation>
    </message>
    <message>
        <source>可以出具的文书</source>
        <translation>Papers that may be issued</translation>
    </message>
    <message>
        <source>出具</source>
        <comment>a paper</comment>
        <translation>Issue</translation>
    </message>
    <message>
        <source>正在查看可以出具的文书</source>
        <translation>Looking up what may be issued</translation>
    </message>
    <message>
        <source>《{paper}》还不能出具</source>
        <translation>{paper} cannot be issued yet</translation>
    </message>
    <message>
        <source>请填好：{fields}</source>
        <translation>To be filled in: {fields}</translation>
    </message>
    <message>
        <source>选一种文书（↑ ↓、数字或拼音首字母），Enter 填写</source>
        <translation>Choose a paper (↑ ↓, its number or an initial), Enter fills it in</translation>
    </message>
    <message>
        <source>本件现在没有可以单独出具的文书</source>
        <translation>No paper may be issued by itself for this case now</translation>
    </message>
    <message>
        <source>还差 {count} 项</source>
        <translation>{count} to fill in</translation>
    </message>
    <message>
        <source>已填齐</source>
        <translation>All filled in</translation>
    </message>
    <message>
        <source>正在出具文书</source>
        <translation>Issuing the paper</translation>
    </message>
    <message>
        <source>已出具《{paper}》</source>
        <translation>{paper} is issued</translation>
    </message>
    <message>
        <source>填齐后显示样张</source>
        <translation>The page is shown once all is filled in</translation>
    </message>
    <message>
        <source>样张</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>选定文书并填齐后显示样张</source>
        <translation>The page is shown once a paper is chosen and filled in</translation>
    </message>
    <message>
        <source>没有能打印点阵的热敏打印机型号“{profile}”</source>
        <translation>There is no receipt printer that prints dots by the name &quot;{profile}&quot;</translation>
    </message>
    <message>
        <source>请写 python-escpos 所列的型号，如 profile=TM-T88V；不在其中的，请去掉 profile，按需要写 width 和 cut</source>
        <translation>Please write one of the names python-escpos lists, such as profile=TM-T88V; for one that is not among them leave profile out, and write width and cut as needed</translation>
    </message>
    <message>
        <source>今天</source>
        <translation>today</translation>
    </message>
    <message>
        <source>收件日期</source>
        <translation>the day of receipt</translation>
    </message>
    <message>
        <source>原办结期限</source>
        <translation>the time limit so far</translation>
    </message>
    <message>
        <source>不能早于{what}（{day}）</source>
        <translation>not before {what} ({day})</translation>
    </message>
    <message>
        <source>应当晚于{what}（{day}）</source>
        <translation>must be after {what} ({day})</translation>
    </message>
    <message>
        <source>不能晚于{what}（{day}）</source>
        <translation>not after {what} ({day})</translation>
    </message>
    <message>
        <source>{day}还没有到</source>
        <translation>{day} is still to come</translation>
    </message>
    <message>
        <source>请写今天或者以前的日期</source>
        <translation>Write today&apos;s date or an earlier one</translation>
    </message>
    <message>
        <source>本窗口的记录从{first}开始，没有{day}的记录</source>
        <translation>The records of this window begin on {first}; there are none of {day}</translation>
    </message>
    <message>
        <source>请写{first}或者以后的日期；再早的，请在原来的窗口生成，或者查阅存档</source>
        <translation>Write {first} or a later date; for earlier ones use the window of that time, or the archive</translation>
    </message>
    <message>
        <source>“{text}”不是某一天的日期</source>
        <translation>&quot;{text}&quot; is not the date of one day</translation>
    </message>
    <message>
        <source>请写成11-28或2026-11-28</source>
        <translation>Write it as 11-28 or 2026-11-28</translation>
    </message>
    <message>
        <source>往日核对单</source>
        <translation>Past Day&apos;s Close</translation>
    </message>
    <message>
        <source>哪一天的核对单</source>
        <translation>Close of Which Day</translation>
    </message>
    <message>
        <source>真实：与本机保存的一字不差</source>
        <translation>Genuine: byte for byte as this window keeps it</translation>
    </message>
    <message>
        <source>没有本办件以外的办件编号</source>
        <translation>names no case but this one</translation>
    </message>
    <message>
        <source>应在{first}至{last}之间</source>
        <translation>must lie between {first} and {last}</translation>
    </message>
    <message>
        <source>收下这一份的打印机已经换掉，请查看文书是否打出</source>
        <translation>The printer that took it has been replaced: see whether the paper came out</translation>
    </message>
    <message>
        <source>请核对该文件夹或者网络共享是否连接，或者请大厅管理员在设置中另选打印机；文书已保存，恢复后会自动打印</source>
        <translation>Check that the folder or the network share is connected, or have the hall&apos;s administrator choose another printer in the settings; the paper is saved and is printed by itself then</translation>
    </message>
    <message>
        <source>请联系大厅技术人员开通该文件夹的写入权限；文书已保存，恢复后会自动打印</source>
        <translation>Have the hall&apos;s technician allow writing to that folder; the paper is saved and is printed by itself then</translation>
    </message>
    <message>
        <source>请检查打印机的电源和网线；文书已保存，恢复后会自动打印。仍连不上请联系大厅技术人员</source>
        <translation>Check the printer&apos;s power and network cable; the paper is saved and is printed by itself then. If it stays so, call the hall&apos;s technician</translation>
    </message>
    <message>
        <source>打印队列可能已改名或者删除，请大厅管理员在设置中重新选择打印机；文书已保存，恢复后会自动打印</source>
        <translation>The queue may have been renamed or deleted: ask the hall administrator to choose the printer again in the settings; the paper is saved and is printed by itself then</translation>
    </message>
    <message>
        <source>请查看打印机是否正在启动或者死机，必要时重新开机；文书已保存，恢复后会自动打印</source>
        <translation>See whether the printer is starting or stuck, switch it off and on if need be; the paper is saved and is printed by itself then</translation>
    </message>
    <message>
        <source>请联系大厅技术人员，在打印服务器上给本机开通打印；文书已保存，恢复后会自动打印</source>
        <translation>Ask the hall&apos;s technician to allow it on the print server; the paper is saved and is printed by itself then</translation>
    </message>
    <message>
        <source>请联系大厅技术人员，在打印服务器上恢复接受打印；文书已保存，恢复后会自动打印</source>
        <translation>Ask the hall&apos;s technician to resume it on the print server; the paper is saved and is printed by itself then</translation>
    </message>
    <message>
        <source>请联系大厅技术人员，把打印机的证书加入本机信任，或者改经打印服务器打印；文书已保存，恢复后会自动打印</source>
        <translation>Ask the hall&apos;s technician to trust the printer&apos;s certificate on this computer or to print by the print server; the paper is saved and is printed by itself then</translation>
    </message>
    <message>
        <source>打印机可能已改名或者删除，请大厅管理员在设置中重新选择打印机；文书已保存，恢复后会自动打印</source>
        <translation>The printer may have been renamed or deleted; have the hall&apos;s administrator choose a printer in the settings. The paper is saved and is printed by itself then</translation>
    </message>
    <message>
        <source>文书用大字（large）、第二语言（second）；不写明的按设置</source>
        <translation>Papers in large type (large), with a second language (second); what is left out is as the settings have it</translation>
    </message>
    <message>
        <source>英文</source>
        <translation>English</translation>
    </message>
    <message>
        <source>本件文书</source>
        <translation>This case&apos;s papers</translation>
    </message>
    <message>
        <source>请加入纸张，打印会自动继续</source>
        <translation>Add paper; it goes on by itself</translation>
    </message>
    <message>
        <source>请准备好纸张，有空时加入</source>
        <translation>Have paper ready and add it when there is time</translation>
    </message>
    <message>
        <source>文书 {number} 已作废，不能补打，也不能再次作废</source>
        <translation>Paper {number} was voided: it is neither printed again nor voided again</translation>
    </message>
    <message>
        <source>请补打代替它的文书；作废的留作备查</source>
        <translation>Print the one that stands in its place; the voided one is kept for the record</translation>
    </message>
    <message>
        <source>数据还是更新程序之前的结构（{revision}），没有读取</source>
        <translation>The data are still in the shape of before the update ({revision}) and were not read</translation>
    </message>
    <message>
        <source>请先打开一次窗口，程序会自动转换；数据没有改动。需要帮助请联系系统管理员</source>
        <translation>Open the window once: it brings them up to date by itself; nothing was changed. For help ask the IT administrator</translation>
    </message>
    <message>
        <source>请大厅管理员在设置的 prints 中给这种文书选择 A4 打印机，文书已保存，可稍后打印；窗口单据请用 yichuang sheet 写成 PDF</source>
        <translation>Ask the hall administrator to choose an A4 printer for this kind of paper in the setting prints, the paper is kept and can be printed later; write the window&apos;s own sheets as PDF with yichuang sheet</translation>
    </message>
    <message>
        <source>请联系大厅技术人员开通该设备的权限；文书已保存，开通后自动打印</source>
        <translation>Ask the hall&apos;s technicians for the right to use the device; the paper is kept and is printed by itself once it is given</translation>
    </message>
    <message>
        <source>—— 打印中断的一份：看过打印机，已经打出 ——</source>
        <translation>-- a print that was broken off: looked at the printer, it came out --</translation>
    </message>
    <message>
        <source>—— 打印中断的一份：看过打印机，没有打出，补打 ——</source>
        <translation>-- a print that was broken off: looked at the printer, it did not come out, printed once more --</translation>
    </message>
    <message>
        <source>请指明其中一个窗口的目录（找到：{windows}；同一窗口有几个的，最新的在前，用它），或者导出的文件</source>
        <translation>Name the folder of one of the windows (found: {windows}; of several of one window the first is the newest: take it), or an exported file</translation>
    </message>
    <message>
        <source>文件 {file} 不是一份网上申请：{place}（{reason}）</source>
        <translation>The file {file} is no online application: {place} ({reason})</translation>
    </message>
    <message>
        <source>请核对文件；内容为 JSON：number、item（业务办理项编码，33位）、identifier、received_at（带时区）</source>
        <translation>Check the file; it holds JSON: number, item (the handling item&apos;s code, 33 characters), identifier, received_at (with its time zone)</translation>
    </message>
    <message>
        <source>{codes}不是33位的业务办理项编码</source>
        <translation>{codes}: not the 33-character code of a handling item</translation>
    </message>
    <message>
        <source>单面</source>
        <translation>one side</translation>
    </message>
    <message>
        <source>双面长边</source>
        <translation>long edge</translation>
    </message>
    <message>
        <source>双面短边</source>
        <translation>short edge</translation>
    </message>
    <message>
        <source>窗口打印机</source>
        <translation>window&apos;s</translation>
    </message>
    <message>
        <source>自选</source>
        <translation>any</translation>
    </message>
    <message>
        <source>本窗口的打印机</source>
        <translation>Printers of this window</translation>
    </message>
    <message>
        <source>请核对路径、大小（不超过64MB）和读取权限；二维码的文字要连同开头的YC</source>
        <translation>Check the path, the size (64 MB at most) and the permission to read; the text of a QR code begins with YC</translation>
    </message>
    <message>
        <source>文件 {count} 个</source>
        <translation>files: {count}</translation>
    </message>
    <message>
        <source>请系统管理员先在窗口设置中填写平台地址 hub_url，再在连得上平台时用 yichuang second-copy 设置一次：平台公钥会自动记入，恢复公钥用 --recovery-key 指明</source>
        <translation>Ask the system administrator to write the platform&apos;s address hub_url into the window&apos;s settings, then to set it once with yichuang second-copy while the platform can be reached: the platform&apos;s key is taken by itself, the recovery key is named by --recovery-key</translation>
    </message>
    <message>
        <source>不另定</source>
        <translation>as usual</translation>
    </message>
    <message>
        <source>应为打印机自己的纸盒名称，如 tray-1，只有字母、数字和 . _ -</source>
        <translation>The printer&apos;s own name of a tray, as tray-1: letters, digits and . _ - alone</translation>
    </message>
    <message>
        <source>应为 1 至 9；空着表示不另定</source>
        <translation>1 to 9; empty: as usual</translation>
    </message>
    <message>
        <source>未另定的各类</source>
        <translation>All others</translation>
    </message>
    <message>
        <source>按文书</source>
        <translation>by kind</translation>
    </message>
    <message>
        <source>打印机在 {file} 的 [printers] 中登记，下次打开窗口时可选</source>
        <translation>Printers are named in {file} under [printers], and can be chosen from the next opening</translation>
    </message>
    <message>
        <source>{kind}的打印</source>
        <translation>Printing of: {kind}</translation>
    </message>
</context>
</TS>
